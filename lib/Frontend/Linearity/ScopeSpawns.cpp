//===-- ScopeSpawns.cpp - Tasks that a function puts in scopes ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the macros of coro/scope.h come to:
//
//   coro_scope_spawn(&s, f, a)       coro_scope_begin(&child, taker, &room,
//                                      ({ ... __coro_new(...)(a) ... }))
//   coro_scope_spawn_in(&s, &x, f, a)  ({ auto here = &x;
//                                         __coro_bind(...)(a);
//                                         coro_scope_spawn_any(&s,
//                                         &here->child,
//                                                              ...); })
//
//===----------------------------------------------------------------------===//

#include "Frontend/Linearity/ScopeSpawns.h"
#include "Frontend/MarkerCalls.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Stmt.h"

using namespace clang;

namespace coro {

static llvm::StringRef calleeName(const CallExpr &Call) {
  const FunctionDecl *F = Call.getDirectCallee();
  return F && F->getIdentifier() ? F->getName() : llvm::StringRef();
}

/// What a variable of a macro, which is read here, was made of.
static const Expr *madeOf(const Expr *E) {
  E = E->IgnoreParenImpCasts();
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  return Var && isOfHeader(*Var) && Var->getInit() ? Var->getInit() : E;
}

/// The scope that an argument points to.
static const VarDecl *scopeOf(ASTContext &Context, const Expr *E) {
  E = madeOf(E)->IgnoreParenImpCasts();
  if (const auto *Typed = dyn_cast<ConditionalOperator>(E)) // CORO_POINTER
    E = Typed->getTrueExpr()->IgnoreParenImpCasts();
  if (std::optional<Place> P = pointeeOf(Context, E))
    return P->Path.empty() ? P->Root : nullptr;
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  return Ref ? dyn_cast<ParmVarDecl>(Ref->getDecl()) : nullptr;
}

/// The arguments of the calls that markers begin in here.
static void argumentsIn(const Stmt *S, std::vector<const Expr *> &To) {
  if (!S)
    return;
  const auto *Call = dyn_cast<CallExpr>(S);
  if (Call && !Call->getDirectCallee() && markerBehind(*Call->getCallee())) {
    To.insert(To.end(), Call->arg_begin(), Call->arg_end());
    return;
  }
  for (const Stmt *Child : S->children())
    argumentsIn(Child, To);
}

/// The task that is erased in here, as its bytes.
static const Expr *erasedIn(const Stmt *S) {
  const auto *Cast = dyn_cast_or_null<CastExpr>(S);
  if (Cast && Cast->getCastKind() == CK_ArrayToPointerDecay)
    return Cast;
  if (S)
    for (const Stmt *Child : S->children())
      if (const Expr *Found = erasedIn(Child))
        return Found;
  return nullptr;
}

/// The spawn whose value this is.
static const CallExpr *spawnIn(const Stmt *S) {
  const auto *Call = dyn_cast_or_null<CallExpr>(S);
  if (Call && (calleeName(*Call) == "coro_scope_begin" ||
               calleeName(*Call) == "coro_scope_send_begin"))
    return Call;
  if (S)
    for (const Stmt *Child : S->children())
      if (const CallExpr *Found = spawnIn(Child))
        return Found;
  return nullptr;
}

void ScopeSpawns::name(const VarDecl *Child, const void *At,
                       const Expr *Value) {
  Value = Value->IgnoreParenImpCasts();
  if (const auto *Given = dyn_cast<CallExpr>(Value);
      Given && calleeName(*Given) == "coro_spawned_given")
    Value = Given->getArg(0)->IgnoreParenImpCasts();
  if (!Child || !Child->hasLocalStorage() || isOfHeader(*Child) ||
      !isa<StmtExpr>(Value))
    return;
  const CallExpr *Spawn = spawnIn(Value);
  for (ScopeSpawn &S : All)
    if (S.Call == Spawn && !S.Child) {
      S.Child = Child;
      S.NamedAt = At;
    }
}

void ScopeSpawns::declare(const VarDecl &Var) {
  const Expr *Init = Var.getInit();
  if (!Init)
    return;
  if (isOfHeader(Var))
    OfMacro[Init->IgnoreParenImpCasts()] = &Var;
  name(&Var, &Var, Init);
}

void ScopeSpawns::call(const CallExpr &Call) {
  llvm::StringRef Name = calleeName(Call);
  if (Name == "coro_scope_begin" || Name == "coro_scope_send_begin") {
    ScopeSpawn S{&Call, scopeOf(Context, Call.getArg(1)), {}, {}, {}, {}};
    if (std::optional<Place> Out = pointeeOf(Context, Call.getArg(0));
        Out && Out->Path.empty() && !isOfHeader(*Out->Root)) {
      S.Child = Out->Root;
      S.NamedAt = &Call;
    }
    argumentsIn(Call.getArg(3), S.Lent);
    if (S.Scope)
      All.push_back(std::move(S));
  } else if (Name == "coro_scope_spawn_any") {
    ScopeSpawn S{&Call, scopeOf(Context, Call.getArg(0)), {}, {}, {}, {}};
    S.Storage = pointeeOf(Context, Call.getArg(1)->IgnoreParenImpCasts());
    S.Lent.push_back(Call.getArg(1));
    if (const Expr *Task = erasedIn(Call.getArg(2)))
      S.Lent.push_back(Task);
    // In a macro the call stands behind the start.
    if (const Stmt *Block = Parents.lookup(&Call);
        Block && isa_and_nonnull<StmtExpr>(Parents.lookup(Block)))
      for (const Stmt *Before : Block->children())
        if (Before != &Call)
          argumentsIn(Before, S.Lent);
    if (S.Scope)
      All.push_back(std::move(S));
  }
}

/// Each statement after its parts.
void ScopeSpawns::walk(const Stmt *S, const Stmt *Parent) {
  if (!S || isa<UnaryExprOrTypeTraitExpr>(S))
    return;
  if (const auto *Generic = dyn_cast<GenericSelectionExpr>(S))
    return walk(Generic->getResultExpr(), Parent);
  Parents[S] = Parent;
  for (const Stmt *Child : S->children())
    walk(Child, S);
  if (const auto *Call = dyn_cast<CallExpr>(S)) {
    call(*Call);
  } else if (const auto *Op = dyn_cast<BinaryOperator>(S);
             Op && Op->getOpcode() == BO_Assign) {
    const auto *To = dyn_cast<DeclRefExpr>(Op->getLHS()->IgnoreParens());
    name(To ? dyn_cast<VarDecl>(To->getDecl()) : nullptr, Op, Op->getRHS());
  } else if (const auto *Declaration = dyn_cast<DeclStmt>(S)) {
    for (const Decl *D : Declaration->decls())
      if (const auto *Var = dyn_cast<VarDecl>(D))
        declare(*Var);
  }
}

} // namespace coro
