//===-- CheckScopes.cpp - What children of scopes may be given ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A scope waits for its children where it ends: so what was declared before it
// is there as long as they are, and what was declared behind it is not, also
// where the function is cancelled before it has waited. That is a matter of
// the text. Which tasks are where when, ScopePaths tells.
//
// Not followed, so never reported: addresses that come out of variables, calls
// and members; scopes known by a pointer, but for parameters that are one.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Checks.h"
#include "Frontend/Linearity/ScopePaths.h"
#include "Frontend/Report.h"
#include "clang/AST/ASTContext.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace coro {

static std::string quoted(const VarDecl &Var) {
  return "'" + Var.getNameAsString() + "'";
}

static bool isScope(QualType T) {
  const RecordDecl *Record = T->getAsRecordDecl();
  return Record && Record->getIdentifier() && Record->getName() == "coro_scope";
}

namespace {
class ScopeChecker {
  Unit &U;
  ASTContext &Context;

  void say(SourceLocation Where, DiagID ID,
           llvm::ArrayRef<std::string> Arguments) {
    report(U.CI.getDiagnostics(), Where, ID, Arguments);
  }
  void showScope(const VarDecl &Scope) {
    say(Scope.getLocation(), DiagID::ScopeHere, {Scope.getNameAsString()});
  }
  bool outlives(const VarDecl &Var, const VarDecl &Scope) const;
  /// Variables that were reported, for one spawn.
  llvm::SmallPtrSet<const VarDecl *, 4> Reported;
  void checkLent(const ScopeSpawn &S, const Expr &Lent);
  void showProblem(const ScopeProblem &P);

public:
  explicit ScopeChecker(Unit &U) : U(U), Context(U.CI.getASTContext()) {}
  void run(const FunctionDecl &F);
};
} // namespace

/// Both can be seen from one place, so one is declared in what the other is
/// declared in; and what comes first goes last.
bool ScopeChecker::outlives(const VarDecl &Var, const VarDecl &Scope) const {
  return !isa<ParmVarDecl>(Scope) &&
         (&Var == &Scope ||
          Context.getSourceManager().isBeforeInTranslationUnit(
              asWritten(Context.getSourceManager(), Var.getLocation()),
              asWritten(Context.getSourceManager(), Scope.getLocation())));
}

/// The literal whose address this is.
static const CompoundLiteralExpr *literalOf(const Expr &E) {
  const Expr *Bare = E.IgnoreParenImpCasts();
  if (const auto *Address = dyn_cast<UnaryOperator>(Bare);
      Address && Address->getOpcode() == UO_AddrOf)
    Bare = Address->getSubExpr()->IgnoreParens();
  else if (!Bare->getType()->isArrayType())
    return nullptr;
  return dyn_cast<CompoundLiteralExpr>(Bare);
}

void ScopeChecker::checkLent(const ScopeSpawn &S, const Expr &Lent) {
  std::string Scope = S.Scope->getNameAsString();
  if (!Lent.getType()->isPointerType())
    return;
  if (const CompoundLiteralExpr *Literal = literalOf(Lent);
      Literal && !Literal->isFileScope()) {
    say(Lent.getExprLoc(), DiagID::ScopeOutlives,
        {"this literal", Scope, "use a variable that is declared"});
    return showScope(*S.Scope);
  }
  const Expr *E = &Lent;
  while (const auto *Cast = dyn_cast<CastExpr>(E->IgnoreParens())) {
    if (Cast->getCastKind() != CK_BitCast && Cast->getCastKind() != CK_NoOp)
      break;
    E = Cast->getSubExpr();
  }
  std::optional<Place> P = pointeeOf(Context, E);
  if (!P || isOfHeader(*P->Root) || outlives(*P->Root, *S.Scope) ||
      !Reported.insert(P->Root).second)
    return;
  say(asWritten(Context.getSourceManager(), Lent.getExprLoc()),
      DiagID::ScopeOutlives, {quoted(*P->Root), Scope, "declare it"});
  say(P->Root->getLocation(), DiagID::DeclaredHere,
      {P->Root->getNameAsString()});
  showScope(*S.Scope);
}

void ScopeChecker::showProblem(const ScopeProblem &P) {
  std::string Scope = P.Of->Scope->getNameAsString();
  switch (P.What) {
  case ScopeProblem::ChildUsed:
    say(P.Where, DiagID::ChildLeaves,
        {P.Of->Child->getNameAsString(), "used behind", Scope});
    break;
  case ScopeProblem::ChildReturned:
    say(P.Where, DiagID::ChildLeaves,
        {P.Of->Child->getNameAsString(), "returned from the function of",
         Scope});
    break;
  case ScopeProblem::SpawnedTwice:
    say(P.Where, DiagID::SpawnedTwice,
        {P.Of->Storage->Root->getNameAsString(), Scope});
    break;
  }
  say(asWritten(Context.getSourceManager(), P.Of->Call->getExprLoc()),
      DiagID::SpawnedHere, {});
  showScope(*P.Of->Scope);
}

void ScopeChecker::run(const FunctionDecl &F) {
  ScopeSpawns Spawns(Context);
  Spawns.find(*F.getBody());
  for (const ScopeSpawn &S : Spawns.All) {
    Reported.clear();
    for (const Expr *Lent : S.Lent)
      checkLent(S, *Lent);
  }
  for (const ScopeProblem &P : checkScopePaths(Context, F, Spawns))
    showProblem(P);
}

void checkScopes(Unit &U, const FunctionDecl &F) {
  if (!F.doesThisDeclarationHaveABody())
    return;
  bool HasScope = llvm::any_of(F.decls(), [](const Decl *D) {
    const auto *Var = dyn_cast<VarDecl>(D);
    return Var && (isScope(Var->getType()) ||
                   (isa<ParmVarDecl>(Var) && Var->getType()->isPointerType() &&
                    isScope(Var->getType()->getPointeeType())));
  });
  if (HasScope)
    ScopeChecker(U).run(F);
}

} // namespace coro
