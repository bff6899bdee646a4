//===-- ValueUses.cpp - What a mention does to a value --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Most mentions of a variable may give its value away. Those that do not are
// told by what is around them:
//
//     if (m && m->size > 3)     tested, read through
//       m->next = 0;            written through
//     put(m); put(&m->node);    neither: it may be kept from here on
//
//===----------------------------------------------------------------------===//

#include "Frontend/Warnings/ValueUses.h"
#include "Frontend/EvaluatedVisitor.h"
#include "Frontend/MarkerCalls.h"

using namespace clang;

namespace coro {

const VarDecl *variableOf(const Expr &E) {
  const Expr *Bare = E.IgnoreParenCasts();
  if (const auto *Op = dyn_cast<BinaryOperator>(Bare);
      Op && Op->getOpcode() == BO_Assign)
    Bare = Op->getLHS()->IgnoreParens();
  const auto *Ref = dyn_cast<DeclRefExpr>(Bare);
  return Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
}

namespace {
class Collector : public EvaluatedVisitor<Collector> {
  using Base = EvaluatedVisitor<Collector>;
  ValueUses &Uses;
  unsigned Deferred = 0, Shields = 0;

  void test(const Expr *E) {
    if (const auto *Ref =
            dyn_cast_or_null<DeclRefExpr>(E ? E->IgnoreParenCasts() : nullptr))
      Uses.Harmless.insert(Ref);
  }
  void copy(const Expr *E) {
    const auto *Op =
        dyn_cast_or_null<BinaryOperator>(E ? E->IgnoreParenCasts() : nullptr);
    if (Op && Op->getOpcode() == BO_Assign)
      Uses.Copied.insert(Op);
  }
  void through(const Expr *Place);
  void shareAddress(const Expr *Place);

public:
  Collector(const ASTContext &Context, ValueUses &Uses)
      : Base(Context), Uses(Uses) {}

  bool VisitIfStmt(IfStmt *S) { return test(S->getCond()), true; }
  bool VisitWhileStmt(WhileStmt *S) { return test(S->getCond()), true; }
  bool VisitDoStmt(DoStmt *S) { return test(S->getCond()), true; }
  bool VisitForStmt(ForStmt *S) { return test(S->getCond()), true; }
  bool VisitSwitchStmt(SwitchStmt *S) { return test(S->getCond()), true; }
  bool VisitConditionalOperator(ConditionalOperator *E) {
    return test(E->getCond()), true;
  }
  bool VisitVarDecl(VarDecl *D) { return copy(D->getInit()), true; }
  bool VisitReturnStmt(ReturnStmt *S) { return copy(S->getRetValue()), true; }
  bool VisitInitListExpr(InitListExpr *List) {
    for (const Expr *Each : List->inits())
      copy(Each);
    return true;
  }
  bool VisitUnaryOperator(UnaryOperator *Op);
  bool VisitBinaryOperator(BinaryOperator *Op);
  bool VisitCastExpr(CastExpr *Cast);
  bool VisitCallExpr(CallExpr *Call);
  bool VisitDeclRefExpr(DeclRefExpr *Ref);
  bool TraverseCompoundStmt(CompoundStmt *S);
  bool dataTraverseStmtPre(Stmt *S) {
    Deferred += isDefer(*S);
    return true;
  }
  bool dataTraverseStmtPost(Stmt *S) {
    Deferred -= isDefer(*S);
    return true;
  }
};
} // namespace

/// What is read or written at Place leaves the pointers that lead there.
void Collector::through(const Expr *Place) {
  for (bool ByPointer = false;;) {
    Place = Place->IgnoreParenCasts();
    if (const auto *Member = dyn_cast<MemberExpr>(Place)) {
      ByPointer |= Member->isArrow();
      Place = Member->getBase();
    } else if (const auto *Index = dyn_cast<ArraySubscriptExpr>(Place)) {
      ByPointer |=
          Index->getBase()->IgnoreParenImpCasts()->getType()->isPointerType();
      Place = Index->getBase();
    } else if (const auto *Star = dyn_cast<UnaryOperator>(Place);
               Star && Star->getOpcode() == UO_Deref) {
      ByPointer = true;
      Place = Star->getSubExpr();
    } else {
      const auto *Ref = dyn_cast<DeclRefExpr>(Place);
      if (Ref && ByPointer)
        Uses.Harmless.insert(Ref);
      return;
    }
  }
}

void Collector::shareAddress(const Expr *Place) {
  Place = Place->IgnoreParens();
  while (const auto *Member = dyn_cast<MemberExpr>(Place)) {
    if (Member->isArrow())
      return;
    Place = Member->getBase()->IgnoreParens();
  }
  if (const VarDecl *V = variableOf(*Place))
    Uses.Shared.insert(V);
}

bool Collector::VisitUnaryOperator(UnaryOperator *Op) {
  if (Op->getOpcode() == UO_AddrOf)
    shareAddress(Op->getSubExpr());
  else if (Op->getOpcode() == UO_LNot)
    test(Op->getSubExpr());
  else if (Op->isIncrementDecrementOp())
    through(Op->getSubExpr());
  return true;
}

bool Collector::VisitBinaryOperator(BinaryOperator *Op) {
  if (Op->isComparisonOp() || Op->isLogicalOp()) {
    test(Op->getLHS());
    test(Op->getRHS());
  } else if (Op->isAssignmentOp()) {
    through(Op->getLHS());
    copy(Op->getRHS());
    if (Op->getOpcode() == BO_Assign)
      test(Op->getLHS());
  }
  return true;
}

bool Collector::VisitCastExpr(CastExpr *Cast) {
  if (Cast->getCastKind() == CK_LValueToRValue)
    through(Cast->getSubExpr());
  else if (Cast->getCastKind() == CK_ToVoid)
    test(Cast->getSubExpr());
  return true;
}

bool Collector::VisitCallExpr(CallExpr *Call) {
  if (Deferred || Shields)
    Uses.Shielded.insert(Call);
  if (Call->getBuiltinCallee() == Builtin::BI__builtin_expect)
    test(Call->getArg(0));
  else
    for (const Expr *Argument : Call->arguments())
      copy(Argument);
  return true;
}

bool Collector::VisitDeclRefExpr(DeclRefExpr *Ref) {
  if (const auto *V = dyn_cast<VarDecl>(Ref->getDecl()); V && Deferred)
    Uses.Shared.insert(V);
  return true;
}

/// The block of a coro_shield begins with its guard and this call, see
/// Raising/ShieldBlocks.
bool Collector::TraverseCompoundStmt(CompoundStmt *S) {
  bool IsShield = llvm::any_of(S->body(), [](const Stmt *Each) {
    const auto *E = dyn_cast<Expr>(Each);
    return E && isCallOf(*E, "__coro_shield_open");
  });
  Shields += IsShield;
  bool Continue = Base::TraverseCompoundStmt(S);
  Shields -= IsShield;
  return Continue;
}

ValueUses valueUses(const ASTContext &Context, const Stmt &Body) {
  ValueUses Uses;
  Collector(Context, Uses).TraverseStmt(const_cast<Stmt *>(&Body));
  return Uses;
}

} // namespace coro
