//===-- Generics.cpp - Effects that follow from an argument ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//   yields_as(f) int map(int (*f)(int), int n);
//
// Question: what does one call of map do? That of the function it is given, if
// that is known; otherwise what the declaration of the pointer says. In a
// caller that has the same pointer as its own path, whatever the caller does.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Generics/Generics.h"
#include "Frontend/Effects/PointerEffects.h"
#include "Frontend/Generics/KnownFunctions.h"

using namespace clang;

namespace coro {

static const ParmVarDecl *parameterNamed(const FunctionDecl &F,
                                         llvm::StringRef Name) {
  for (const ParmVarDecl *P : F.parameters())
    if (P->getName() == Name)
      return P;
  return nullptr;
}

/// The next name of a path; Arrow says what stood before it.
static llvm::StringRef nextStep(llvm::StringRef &Rest, bool &Arrow) {
  Arrow = Rest.consume_front("->");
  if (!Arrow)
    Rest.consume_front(".");
  llvm::StringRef Name = Rest.take_while(
      [](char C) { return llvm::isAlnum(C) || C == '_' || C == '$'; });
  Rest = Rest.drop_front(Name.size());
  return Name;
}

/// Goes on to the field Name of a T; the fields of unnamed members come with
/// those members before them. False where there is none.
static bool appendField(EffectPath &Path, QualType T, llvm::StringRef Name) {
  const RecordDecl *Record = T->getAsRecordDecl();
  Record = Record ? Record->getDefinition() : nullptr;
  if (!Record)
    return false;
  IdentifierInfo &Id = Record->getASTContext().Idents.get(Name);
  for (NamedDecl *Found : Record->lookup(&Id)) {
    if (auto *Field = dyn_cast<FieldDecl>(Found)) {
      Path.Fields.push_back(Field);
      return true;
    }
    if (auto *Indirect = dyn_cast<IndirectFieldDecl>(Found)) {
      for (NamedDecl *Step : Indirect->chain())
        Path.Fields.push_back(cast<FieldDecl>(Step));
      return true;
    }
  }
  return false;
}

/// What is wrong with the type at the end of a path; empty for nothing.
static std::string checkEnd(const ASTContext &Context, QualType T,
                            bool IsField) {
  if (T.isVolatileQualified())
    return "it is volatile";
  if (T->isFunctionPointerType())
    return "";
  if (IsField)
    return "that field is no function pointer";
  if (!T->isIntegralOrEnumerationType())
    return "it is neither a function pointer nor an integer";
  return Context.getTypeSize(T) > 64 ? "it has more than 64 bits" : "";
}

std::optional<EffectPath> parsePath(const FunctionDecl &F, llvm::StringRef Text,
                                    std::string &Why) {
  bool Arrow = false;
  llvm::StringRef Rest = Text;
  llvm::StringRef Name = nextStep(Rest, Arrow);
  const ParmVarDecl *P = parameterNamed(F, Name);
  if (Name.empty() || Arrow) {
    Why = "that is no parameter with fields behind it";
    return std::nullopt;
  }
  if (!P) {
    Why = "'" + F.getNameAsString() + "' has no parameter '" + Name.str() + "'";
    return std::nullopt;
  }
  EffectPath Path;
  Path.Parameter = P->getFunctionScopeIndex();
  QualType T = P->getType();
  while (!Rest.empty()) {
    Name = nextStep(Rest, Arrow);
    QualType Object = Arrow && T->isPointerType() ? T->getPointeeType() : T;
    if (Name.empty()) {
      Why = "that is no parameter with fields behind it";
      return std::nullopt;
    }
    if (const RecordDecl *Record = Object->getAsRecordDecl();
        Record && !Record->getDefinition()) {
      Why = "'" + Object.getAsString() + "' is not complete here";
      return std::nullopt;
    }
    if (Arrow != T->isPointerType() || !appendField(Path, Object, Name)) {
      Why = "'" + T.getAsString() + "' has no field '" + (Arrow ? "->" : ".") +
            Name.str() + "'";
      return std::nullopt;
    }
    T = Path.Fields.back()->getType();
  }
  Why = checkEnd(F.getASTContext(), T, !Path.Fields.empty());
  if (!Why.empty())
    return std::nullopt;
  Path.IsFlag = !T->isFunctionPointerType();
  return Path;
}

/// The names are those of the declaration that has the attribute.
static std::optional<EffectPath> declaredPath(const FunctionDecl &F,
                                              std::string EffectSet::*Which) {
  for (const FunctionDecl *Each : F.redecls()) {
    std::string Text = ownEffects(*Each).*Which, Why;
    if (!Text.empty())
      return parsePath(*Each, Text, Why);
  }
  return std::nullopt;
}

std::optional<EffectPath> yieldsAsPath(const FunctionDecl &F) {
  return declaredPath(F, &EffectSet::YieldsAs);
}

std::optional<EffectPath> raisesAsPath(const FunctionDecl &F) {
  return declaredPath(F, &EffectSet::RaisesAs);
}

std::optional<EffectPath> genericPath(const FunctionDecl &F) {
  std::optional<EffectPath> Path = yieldsAsPath(F);
  return Path ? Path : raisesAsPath(F);
}

std::optional<EffectPath> pathOf(const Expr &Given) {
  const Expr *E = Given.IgnoreParenImpCasts();
  if (const auto *Unary = dyn_cast<UnaryOperator>(E);
      Unary &&
      (Unary->getOpcode() == UO_AddrOf || Unary->getOpcode() == UO_Deref))
    return pathOf(*Unary->getSubExpr());
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    const auto *P = dyn_cast<ParmVarDecl>(Ref->getDecl());
    if (!P)
      return std::nullopt;
    EffectPath Path;
    Path.Parameter = P->getFunctionScopeIndex();
    return Path;
  }
  const auto *Member = dyn_cast<MemberExpr>(E);
  const auto *Field =
      Member ? dyn_cast<FieldDecl>(Member->getMemberDecl()) : nullptr;
  std::optional<EffectPath> Path;
  if (Field)
    Path = pathOf(*Member->getBase());
  if (Path)
    Path->Fields.push_back(Field);
  return Path;
}

bool isOwnPath(const FunctionDecl *Caller, const Expr &E) {
  if (!Caller)
    return false;
  std::optional<EffectPath> Own = genericPath(*Caller);
  return Own && pathOf(E) == Own;
}

/// True where E is computed from constants and the caller's own flag alone.
static bool followsFrom(const FunctionDecl *Caller, const Expr &E) {
  std::optional<EffectPath> Own = Caller ? yieldsAsPath(*Caller) : std::nullopt;
  if (!Own || !Own->IsFlag)
    return false;
  const Expr *Inner = E.IgnoreParenCasts();
  if (isa<DeclRefExpr>(Inner)) {
    auto Path = pathOf(*Inner);
    return Path ? *Path == *Own : Inner->isEvaluatable(Caller->getASTContext());
  }
  if (Inner->isEvaluatable(Caller->getASTContext()))
    return true;
  if (const auto *Unary = dyn_cast<UnaryOperator>(Inner))
    return Unary->isArithmeticOp() && followsFrom(Caller, *Unary->getSubExpr());
  if (const auto *Choice = dyn_cast<ConditionalOperator>(Inner))
    return followsFrom(Caller, *Choice->getCond()) &&
           followsFrom(Caller, *Choice->getTrueExpr()) &&
           followsFrom(Caller, *Choice->getFalseExpr());
  if (const auto *Binary = dyn_cast<BinaryOperator>(Inner))
    return !Binary->isAssignmentOp() && !Binary->isPtrMemOp() &&
           Binary->getOpcode() != BO_Comma &&
           followsFrom(Caller, *Binary->getLHS()) &&
           followsFrom(Caller, *Binary->getRHS());
  return false;
}

static GenericArgument flagArgument(ASTContext &Context,
                                    const FunctionDecl *Caller,
                                    const Expr &Given) {
  GenericArgument Result;
  Result.Given = &Given;
  Expr::EvalResult Value;
  if (Given.EvaluateAsInt(Value, Context)) {
    Result.K = Value.Val.getInt() == 0 ? GenericArgument::Plain
                                       : GenericArgument::Flag;
    Result.Effects.Waits = Result.K == GenericArgument::Flag;
  } else {
    // Where the caller's flag decides, its own callers are checked.
    Result.K = followsFrom(Caller, Given) ? GenericArgument::Flag
                                          : GenericArgument::Unknown;
  }
  return Result;
}

/// The effects that matter to who calls what yields or raises as this does.
static EffectSet passedOn(const Decl &D) {
  EffectSet Effects = effectsOf(D);
  Effects.YieldsAs.clear();
  Effects.RaisesAs.clear();
  Effects.Boxed = false;
  return Effects;
}

/// Of a pointer of which only the declaration is known.
static GenericArgument::Kind kindOf(const SaidEffects &Says) {
  if (Says && Says->suspends())
    return GenericArgument::Pointer;
  return Says && Says->raises() ? GenericArgument::Raising
                                : GenericArgument::Plain;
}

/// The pointer at the end of the path, where only its declaration is known.
static GenericArgument declaredArgument(ASTContext &Context, const Expr &Given,
                                        const EffectPath &Path) {
  GenericArgument Result;
  Result.Given = &Given;
  if (Path.Fields.empty()) {
    Result.Declared = namedBy(Given);
    Result.Limit = expressionFrameLimit(Given);
    Result.K = kindOf(expressionSays(Context, Given));
  } else {
    Result.Declared = Path.Fields.back();
    Result.Limit = declaredFrameLimit(*Path.Fields.back());
    Result.K = kindOf(declarationSays(*Path.Fields.back()));
  }
  if (Result.Declared)
    Result.Effects = passedOn(*Result.Declared);
  if (Result.K == GenericArgument::Pointer && !Result.Effects.suspends())
    Result.Effects.Waits = true;
  return Result;
}

GenericArgument genericArgument(ASTContext &Context, const FunctionDecl *Caller,
                                llvm::ArrayRef<const Expr *> Arguments,
                                const EffectPath &Path) {
  GenericArgument Result;
  if (Path.Parameter >= Arguments.size())
    return Result;
  const Expr &Given = *Arguments[Path.Parameter];
  if (Path.IsFlag)
    return flagArgument(Context, Caller, Given);
  if (std::optional<EffectPath> Through = pathOf(Given)) {
    Through->Fields.append(Path.Fields.begin(), Path.Fields.end());
    if (Caller && genericPath(*Caller) == Through) {
      Result.K = GenericArgument::Own;
      Result.Given = &Given;
      return Result;
    }
  }
  const Expr *End =
      Path.Fields.empty() ? &Given : knownField(Context, Given, Path.Fields);
  const FunctionDecl *Target = End ? knownFunction(Context, *End) : nullptr;
  if (!Target)
    return declaredArgument(Context, Given, Path);
  Result.Target = Target;
  Result.Given = &Given;
  Result.Effects = passedOn(*Target);
  if (Result.Effects.suspends() || Result.Effects.raises())
    Result.K = GenericArgument::Function;
  return Result;
}

} // namespace coro
