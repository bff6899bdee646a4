//===-- CheckPointers.cpp - Function pointers keep their effects ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A pointer to a function that yields points to a descriptor, any other one to
// code; a call through the wrong kind is a crash. So wherever a function's
// address goes into a pointer, both must agree: initialisers, assignments,
// arguments, results, members. What a pointer says is in its declaration or in
// the typedef it is declared with. A cast says what its typedef says; void * is
// no function pointer, and how the address comes out of it again is the
// programmer's to answer for.
//
// What a generic's path names may be either: each call sees which. A field that
// it names may hold what it does not say in a constant table, as long as the
// table goes nowhere but to generics.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Checks.h"
#include "Frontend/Effects/IndirectCalls.h"
#include "Frontend/Effects/PointerEffects.h"
#include "Frontend/EvaluatedVisitor.h"
#include "Frontend/Generics/KnownFunctions.h"
#include "Frontend/MarkerCalls.h"
#include "Frontend/Report.h"
#include "clang/AST/ASTContext.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace coro {

static std::string describe(const Expr &Given) {
  if (const ValueDecl *D = namedBy(Given))
    return "'" + D->getNameAsString() + "'";
  return "the function pointed to";
}

/// Who calls what a library's parameter or variable is given.
static std::string callerOf(const NamedDecl &D) {
  const auto *F = isa<ParmVarDecl>(D)
                      ? dyn_cast<FunctionDecl>(D.getDeclContext())
                      : nullptr;
  return "'" + (F ? F : &D)->getNameAsString() + "'";
}

/// The function that a word of the header calls, or binds the arguments of:
/// ((typeof(&f))__coro_bind(frame, f))(arguments).
static const FunctionDecl *calledThroughMarker(const CallExpr &Call) {
  const CallExpr *Marker = markerBehind(*Call.getCallee());
  if (!Marker)
    return nullptr;
  for (const Expr *Argument : Marker->arguments())
    if (const FunctionDecl *Generic = markedFunction(*Argument))
      return Generic;
    else if (const auto *F = dyn_cast_or_null<FunctionDecl>(namedBy(*Argument)))
      return F;
  return nullptr;
}

/// The parameters as they stand in the declaration of a pointer to a function,
/// or in the typedef that it is declared with.
static llvm::ArrayRef<ParmVarDecl *> writtenParameters(const ValueDecl &D) {
  const auto *Declarator = dyn_cast<DeclaratorDecl>(&D);
  const TypeSourceInfo *Written =
      Declarator ? Declarator->getTypeSourceInfo() : nullptr;
  TypeLoc T = Written ? Written->getTypeLoc() : TypeLoc();
  while (T)
    if (auto Prototype = T.getAs<FunctionProtoTypeLoc>())
      return Prototype.getParams();
    else if (T.getAs<TypedefTypeLoc>())
      T = T.getType()
              ->castAs<TypedefType>()
              ->getDecl()
              ->getTypeSourceInfo()
              ->getTypeLoc();
    else
      T = T.getNextTypeLoc();
  return {};
}

/// A library's declaration is not the programmer's to change.
static bool isLibrarys(Unit &U, const NamedDecl *D) {
  return D && U.CI.getSourceManager().isInSystemHeader(D->getLocation());
}

static std::string said(const EffectSet &Effects) {
  std::string Words = Effects.print();
  return Words.empty() ? "without effects" : "with '" + Words + "'";
}

/// The words stand on pointers to functions, not on pointers to those.
static bool mayHaveEffects(const NamedDecl *D) {
  const auto *Value = dyn_cast_or_null<ValueDecl>(D);
  QualType T = Value ? Value->getType() : QualType();
  return T.isNull() || !T->isPointerType() || T->isFunctionPointerType();
}

static void reportMismatch(Unit &U, const Expr &From, const EffectSet &Has,
                           const EffectSet &To, const std::string &Name,
                           const NamedDecl *Declared) {
  DiagnosticsEngine &Diags = U.CI.getDiagnostics();
  SourceLocation Where = From.getExprLoc();
  std::string What = describe(From);
  std::string Why = whyNotCallable(U.CI.getASTContext(), Has, To).str();
  bool Differs = false;
  if (Has.suspends() && isLibrarys(U, Declared))
    report(Diags, Where, DiagID::CallbackYields, {What, callerOf(*Declared)});
  else if (Has.suspends() && To.print().empty())
    report(Diags, Where, DiagID::PointerDropsYields,
           {What, Name, Why,
            (mayHaveEffects(Declared) ? "'" : "a typedef that says '") +
                Has.print()});
  else if (To.suspends() && Has.print().empty())
    report(Diags, Where, DiagID::PointerAddsYields, {What, Name});
  else {
    Differs = true;
    report(Diags, Where, DiagID::PointerDiffers,
           {What, said(Has), Name, said(To), Why});
  }
  if (Declared && Declared->getDeclName() && Declared->getLocation().isValid())
    report(Diags, Declared->getLocation(), DiagID::DeclaredHere,
           {Declared->getNameAsString()});
  if (const ValueDecl *Source = namedBy(From); Source && Differs)
    report(Diags, Source->getLocation(), DiagID::DeclaredHere,
           {Source->getNameAsString()});
}

namespace {
class PointerChecker : public EvaluatedVisitor<PointerChecker> {
  Unit &U;
  std::vector<MixedField> &Mixed;
  const FunctionDecl *Inside = nullptr;
  /// The constant table whose initialiser is being looked at.
  const VarDecl *Table = nullptr;
  llvm::SmallPtrSet<const DeclRefExpr *, 8> GivenToGenerics;

  /// From goes into something that says To.
  void check(const Expr *From, const SaidEffects &To, const std::string &Name,
             const NamedDecl *Declared) {
    ASTContext &Context = U.CI.getASTContext();
    SaidEffects Has =
        From && To ? expressionSays(Context, *From) : std::nullopt;
    if (!Has)
      return;
    if (whyNotCallable(Context, *Has, *To).empty())
      return;
    if (const auto *Field = dyn_cast_or_null<FieldDecl>(Declared);
        Field && Table) {
      Mixed.push_back({Table, Field, From});
      if (const VarDecl *Before = Table->getPreviousDecl();
          Before && Before->isUsed(/*CheckUsedAttr=*/false))
        report(U.CI.getDiagnostics(), Table->getLocation(),
               DiagID::TableTooLate,
               {Table->getNameAsString(), describe(*From),
                Field->getNameAsString()});
      return;
    }
    reportMismatch(U, *From, *Has, *To, Name, Declared);
  }
  void checkInto(const Expr *From, const ValueDecl &To) {
    std::string Name = To.getNameAsString();
    check(From, declarationSays(To),
          Name.empty() ? "the parameter" : "'" + Name + "'", &To);
  }

public:
  PointerChecker(Unit &U, std::vector<MixedField> &Mixed)
      : EvaluatedVisitor(U.CI.getASTContext()), U(U), Mixed(Mixed) {}

  bool TraverseFunctionDecl(FunctionDecl *F) {
    const FunctionDecl *Outer = Inside;
    Inside = F;
    bool Continue = RecursiveASTVisitor::TraverseFunctionDecl(F);
    Inside = Outer;
    return Continue;
  }
  bool TraverseVarDecl(VarDecl *D) {
    const VarDecl *Outer = Table;
    // Others could see it, and read it as its declaration says.
    Table = lastingInitialiser(U.CI.getASTContext(), *D) &&
                    !D->isExternallyVisible()
                ? D
                : nullptr;
    bool Continue = RecursiveASTVisitor::TraverseVarDecl(D);
    Table = Outer;
    return Continue;
  }
  bool VisitVarDecl(VarDecl *D) {
    if (D->hasInit() && !isa<InitListExpr>(D->getInit()))
      checkInto(D->getInit(), *D);
    else if (D->hasInit())
      checkElements(*cast<InitListExpr>(D->getInit()), *D);
    return true;
  }
  /// The elements of an array are what its declaration says.
  void checkElements(const InitListExpr &List, const ValueDecl &Array) {
    if (!Array.getType()->isArrayType())
      return;
    for (const Expr *Element : List.inits())
      if (const auto *Inner = dyn_cast<InitListExpr>(Element);
          Inner && Inner->getType()->isArrayType())
        checkElements(*Inner, Array);
      else if (!Inner)
        checkInto(Element, Array);
  }
  bool VisitInitListExpr(InitListExpr *List) {
    if (!List->isSemanticForm() && List->getSemanticForm())
      List = List->getSemanticForm();
    const RecordDecl *Record = List->getType()->getAsRecordDecl();
    if (!Record) {
      for (Expr *Element : List->inits())
        visitImplicit(dyn_cast_or_null<InitListExpr>(Element));
      return true;
    }
    if (const FieldDecl *Only = List->getInitializedFieldInUnion()) {
      if (List->getNumInits())
        checkMember(List->getInit(0), *Only);
      return true;
    }
    unsigned Index = 0;
    for (const FieldDecl *Field : Record->fields()) {
      if (Field->isUnnamedBitField() || Index >= List->getNumInits())
        continue;
      checkMember(List->getInit(Index++), *Field);
    }
    return true;
  }
  void checkMember(Expr *Init, const FieldDecl &Field) {
    auto *Inner = dyn_cast_or_null<InitListExpr>(Init);
    if (!Inner)
      return checkInto(Init, Field);
    checkElements(*Inner, Field);
    visitImplicit(Inner);
  }
  /// Without braces of its own, as in .a.b = f, a list is not visited
  /// otherwise.
  void visitImplicit(InitListExpr *List) {
    if (List && !List->getSyntacticForm())
      VisitInitListExpr(List);
  }
  bool VisitBinaryOperator(BinaryOperator *Op) {
    if (Op->getOpcode() != BO_Assign)
      return true;
    if (const ValueDecl *To = namedBy(*Op->getLHS()))
      checkInto(Op->getRHS(), *To);
    else
      check(Op->getRHS(), typeSays(Op->getLHS()->getType()),
            "what it is "
            "assigned to",
            nullptr);
    return true;
  }
  bool VisitCallExpr(CallExpr *Call) {
    const FunctionDecl *Callee = calledFunction(*Call);
    if (!Callee)
      Callee = calledThroughMarker(*Call);
    if (!Callee)
      return checkArguments(*Call);
    std::optional<EffectPath> Path = genericPath(*Callee);
    unsigned Count = std::min(Callee->getNumParams(), Call->getNumArgs());
    for (unsigned I = 0; I < Count; ++I)
      if (!Path || Path->Parameter != I)
        checkInto(Call->getArg(I), *Callee->getParamDecl(I));
      else if (!Path->Fields.empty())
        giveTable(*Call->getArg(I), *Path, *Callee);
    return true;
  }
  /// A table may be mixed where a generic is given it and sees what is in it.
  void giveTable(const Expr &Given, const EffectPath &Path,
                 const FunctionDecl &Generic) {
    ASTContext &Context = U.CI.getASTContext();
    const Expr *Known = knownField(Context, Given, Path.Fields);
    if (!Known || !knownFunction(Context, *Known))
      return;
    const Expr *E = Given.IgnoreParenImpCasts();
    while (!isa<DeclRefExpr>(E)) {
      if (const auto *Unary = dyn_cast<UnaryOperator>(E))
        E = Unary->getSubExpr()->IgnoreParenImpCasts();
      else if (const auto *Member = dyn_cast<MemberExpr>(E))
        E = Member->getBase()->IgnoreParenImpCasts();
      else if (const auto *Element = dyn_cast<ArraySubscriptExpr>(E))
        E = Element->getBase()->IgnoreParenImpCasts();
      else
        return;
    }
    const auto *Ref = cast<DeclRefExpr>(E);
    GivenToGenerics.insert(Ref);
    U.GivenTables.push_back({Ref, &Given, Generic.getCanonicalDecl()});
  }
  /// Another use of a mixed table could call what it takes for something else.
  bool VisitDeclRefExpr(DeclRefExpr *Ref) {
    auto Known = llvm::find_if(Mixed, [Ref](const MixedField &Each) {
      return Each.Table == Ref->getDecl();
    });
    if (Known == Mixed.end() || GivenToGenerics.contains(Ref))
      return true;
    if (Table) {
      // A constant that leads to the table is no better than it.
      Mixed.push_back({Table, Known->Field, Known->Function});
      return true;
    }
    report(U.CI.getDiagnostics(), Ref->getLocation(), DiagID::MixedTable,
           {Ref->getDecl()->getNameAsString(), describe(*Known->Function),
            Known->Field->getNameAsString()});
    return true;
  }
  /// Of a call through a pointer: what its declaration says of the parameters,
  /// or else their types.
  bool checkArguments(const CallExpr &Call) {
    const ValueDecl *Pointer = namedBy(writtenCallee(Call));
    llvm::ArrayRef<ParmVarDecl *> Declared =
        Pointer ? writtenParameters(*Pointer) : llvm::ArrayRef<ParmVarDecl *>();
    QualType T = pointerType(Call.getCallee()->getType());
    if (T->isFunctionPointerType())
      T = T->getPointeeType();
    const auto *Prototype = T->getAs<FunctionProtoType>();
    unsigned Count =
        Prototype ? std::min(Prototype->getNumParams(), Call.getNumArgs()) : 0;
    for (unsigned I = 0; I < Count; ++I)
      if (I < Declared.size() && Declared[I])
        checkInto(Call.getArg(I), *Declared[I]);
      else
        check(Call.getArg(I), typeSays(Prototype->getParamType(I)),
              "the parameter", nullptr);
    return true;
  }
  bool VisitAbstractConditionalOperator(AbstractConditionalOperator *Choice) {
    if (constantChoice(U.CI.getASTContext(), *Choice))
      return true;
    SaidEffects True =
        expressionSays(U.CI.getASTContext(), *Choice->getTrueExpr());
    check(Choice->getFalseExpr(), True, "the other choice", nullptr);
    return true;
  }
  bool VisitReturnStmt(ReturnStmt *Return) {
    if (Inside && Return->getRetValue())
      check(Return->getRetValue(), typeSays(Inside->getReturnType()),
            "the result of '" + Inside->getNameAsString() + "'", nullptr);
    return true;
  }
  bool VisitExplicitCastExpr(ExplicitCastExpr *Cast) {
    // The header's own macros cast markers to the callee's type.
    if (!isa<CallExpr>(Cast->getSubExpr()->IgnoreParenImpCasts()))
      check(Cast->getSubExpr(), typeSays(Cast->getType()), "this type",
            nullptr);
    return true;
  }
};
} // namespace

void checkPointers(Unit &U, Decl &D, std::vector<MixedField> &Mixed) {
  PointerChecker(U, Mixed).TraverseDecl(&D);
}

void checkMixedFields(Unit &U, llvm::ArrayRef<MixedField> Mixed) {
  llvm::SmallPtrSet<const Expr *, 8> Seen;
  for (const MixedField &Each : Mixed)
    if (!U.GenericFields.contains(Each.Field) &&
        Seen.insert(Each.Function).second)
      reportMismatch(U, *Each.Function,
                     *expressionSays(U.CI.getASTContext(), *Each.Function),
                     *declarationSays(*Each.Field),
                     "'" + Each.Field->getNameAsString() + "'", Each.Field);
}

} // namespace coro
