//===-- ImplicitNames.cpp - Names whose type depends on where -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Frontend/ImplicitNames.h"
#include "Frontend/Effects/Effects.h"
#include "Frontend/Report.h"
#include "IR/Markers.h"
#include "clang/AST/ASTContext.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Sema/Lookup.h"

using namespace clang;

namespace coro {

static constexpr llvm::StringLiteral ValueTypeName = "__coro_value_type";

/// One variable for each type: the IR's type is then the same everywhere.
static VarDecl *variableOf(ASTContext &Context, llvm::StringRef Prefix,
                           QualType T) {
  TranslationUnitDecl *TU = Context.getTranslationUnitDecl();
  for (unsigned Number = 0;; ++Number) {
    IdentifierInfo &Id =
        Context.Idents.get((Prefix + "." + llvm::Twine(Number)).str());
    DeclContext::lookup_result Known = TU->lookup(&Id);
    if (Known.empty()) {
      auto *Variable =
          VarDecl::Create(Context, TU, SourceLocation(), SourceLocation(), &Id,
                          T, Context.getTrivialTypeSourceInfo(T), SC_Extern);
      Variable->setImplicit();
      TU->addDecl(Variable);
      return Variable;
    }
    auto *Variable = dyn_cast<VarDecl>(Known.front());
    if (Variable && Context.hasSameType(Variable->getType(), T))
      return Variable;
  }
}

/// coro_yield_receive's answer has no type where its value has none. What is
/// invalid is not complained of once more.
static void forgetAnswer(Sema &S, Scope *Where, SourceLocation Loc) {
  DeclarationName Name(&S.Context.Idents.get("__coro_answer"));
  if (NamedDecl *Answer =
          S.LookupSingleName(Where, Name, Loc, Sema::LookupOrdinaryName))
    Answer->setInvalidDecl();
}

NamedDecl *ImplicitNames::variable(DeclarationNameInfo Name, Scope *Inside,
                                   bool IsValue) {
  const FunctionDecl *F = S.getCurFunctionDecl(/*AllowLambda=*/false);
  EffectSet Effects = F ? effectsOf(*F) : EffectSet();
  QualType T = IsValue ? Effects.Value : Effects.Received;
  if (T.isNull()) {
    // The parser asks more than once, and a macro names it more than once.
    SourceLocation Where = S.getSourceManager().getFileLoc(Name.getLoc());
    bool Said = Where == LastMistake;
    LastMistake = Where;
    std::string In = F ? F->getNameAsString() : "file scope";
    if (IsValue && !Said)
      report(S.Diags, Name.getLoc(), DiagID::YieldNeedsGenerator,
             {"coro_yield", In});
    else if (Effects.isGenerator() && !Said)
      report(S.Diags, Name.getLoc(), DiagID::ReceiveNeedsValue, {In});
    if (IsValue)
      forgetAnswer(S, Inside, Name.getLoc());
    // A type that fits everywhere keeps this the only message.
    T = S.Context.DependentTy;
  }
  return variableOf(S.Context, IsValue ? ValueVariable : ReceivedVariable, T);
}

/// The type of what the enclosing generator hands out. clang's messages about a
/// wrong value print its name: that is T as the program writes it.
NamedDecl *ImplicitNames::valueType() {
  const FunctionDecl *F = S.getCurFunctionDecl(/*AllowLambda=*/false);
  EffectSet Effects = F ? effectsOf(*F) : EffectSet();
  ASTContext &Context = S.Context;
  QualType T = Effects.isGenerator() ? Effects.Value : Context.DependentTy;
  TypedefDecl *&Name = ValueTypes[T];
  if (!Name) {
    Name = TypedefDecl::Create(Context, Context.getTranslationUnitDecl(),
                               SourceLocation(), SourceLocation(),
                               &Context.Idents.get(T.getAsString()),
                               Context.getTrivialTypeSourceInfo(T));
    Name->setImplicit();
  }
  return Name;
}

NamedDecl *ImplicitNames::zero(DeclarationNameInfo Name) {
  // clang asks every enumerator for its enum.
  auto *Enum = EnumDecl::Create(S.Context, S.Context.getTranslationUnitDecl(),
                                SourceLocation(), SourceLocation(), nullptr,
                                nullptr, false, false, false);
  Enum->setImplicit();
  auto *Zero = EnumConstantDecl::Create(
      S.Context, Enum, SourceLocation(), Name.getName().getAsIdentifierInfo(),
      S.Context.IntTy, nullptr, llvm::APSInt(llvm::APInt(32, 0), false));
  Zero->setImplicit();
  return Zero;
}

bool ImplicitNames::LookupUnqualified(LookupResult &Result, Scope *Inside) {
  const IdentifierInfo *Id = Result.getLookupName().getAsIdentifierInfo();
  if (!Id || Result.getLookupKind() != Sema::LookupOrdinaryName)
    return false;
  llvm::StringRef Name = Id->getName();
  NamedDecl *Found = nullptr;
  if (Name == ValueVariable || Name == ReceivedVariable)
    Found = variable(Result.getLookupNameInfo(), Inside, Name == ValueVariable);
  else if (Name == ValueTypeName)
    Found = valueType();
  else if (Name.starts_with(ConfigPrefix))
    Found = zero(Result.getLookupNameInfo());
  if (!Found)
    return false;
  Result.addDecl(Found);
  Result.resolveKind();
  return true;
}

} // namespace coro
