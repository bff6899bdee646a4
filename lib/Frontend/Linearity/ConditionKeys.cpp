//===-- ConditionKeys.cpp - Expressions that have the same value ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Frontend/Linearity/ConditionKeys.h"
#include "Frontend/Effects/Effects.h"
#include "Frontend/MarkerCalls.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/Builtins.h"

using namespace clang;

namespace coro {

/// True where every value of one type is one of the other.
static bool keepsValues(ASTContext &Context, QualType From, QualType To) {
  if (From->isPointerType() && To->isPointerType())
    return true;
  if (!From->isIntegralOrEnumerationType() ||
      !To->isIntegralOrEnumerationType() || To->isBooleanType())
    return From->isBooleanType() && To->isIntegralOrEnumerationType();
  uint64_t Narrow = Context.getIntWidth(From), Wide = Context.getIntWidth(To);
  bool Signed = From->isSignedIntegerOrEnumerationType();
  bool ToSigned = To->isSignedIntegerOrEnumerationType();
  return Signed == ToSigned ? Narrow <= Wide : !Signed && Narrow < Wide;
}

const Expr *stripped(ASTContext &Context, const Expr *E) {
  for (;;) {
    E = E->IgnoreParens(); // __extension__ and _Generic too
    if (const auto *Cast = dyn_cast<CastExpr>(E)) {
      CastKind Kind = Cast->getCastKind();
      if (Kind != CK_LValueToRValue && Kind != CK_NoOp &&
          ((Kind != CK_IntegralCast && Kind != CK_BitCast) ||
           !keepsValues(Context, Cast->getSubExpr()->getType(),
                        Cast->getType())))
        return E;
      E = Cast->getSubExpr();
    } else if (const auto *Full = dyn_cast<FullExpr>(E)) {
      E = Full->getSubExpr();
    } else if (const auto *Opaque = dyn_cast<OpaqueValueExpr>(E);
               Opaque && Opaque->getSourceExpr()) {
      E = Opaque->getSourceExpr();
    } else if (const auto *Call = dyn_cast<CallExpr>(E);
               Call && Call->getNumArgs() &&
               (Call->getBuiltinCallee() == Builtin::BI__builtin_expect ||
                Call->getBuiltinCallee() ==
                    Builtin::BI__builtin_expect_with_probability)) {
      E = Call->getArg(0);
    } else if (const auto *Op = dyn_cast<BinaryOperator>(E);
               Op && (Op->isCommaOp() || Op->getOpcode() == BO_Assign)) {
      E = Op->isCommaOp() ? Op->getRHS() : Op->getLHS();
    } else if (const auto *Whole = dyn_cast<StmtExpr>(E)) {
      const auto *Last = Whole->getSubStmt()->body_empty()
                             ? nullptr
                             : dyn_cast<Expr>(Whole->getSubStmt()->body_back());
      if (!Last)
        return E;
      E = Last;
    } else {
      return E;
    }
  }
}

namespace {
/// What an expression's value depends on.
class Dependencies : public RecursiveASTVisitor<Dependencies> {
  const Keys &All;

public:
  KeyInfo Info;
  bool Repeatable = true;

  explicit Dependencies(const Keys &All) : All(All) {}

  void mention(const ValueDecl *D) {
    if (!Info.mentions(D))
      Info.Mentions.push_back(D);
  }
  bool VisitDeclRefExpr(DeclRefExpr *Ref) {
    const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
    if (!Var)
      return true;
    mention(Var);
    Info.Opaque |= !Var->hasLocalStorage() || All.Exposed.contains(Var) ||
                   Var->getType().isVolatileQualified();
    return true;
  }
  bool VisitMemberExpr(MemberExpr *Member) {
    mention(Member->getMemberDecl());
    Info.Opaque |= Member->isArrow();
    return true;
  }
  bool VisitArraySubscriptExpr(ArraySubscriptExpr *) {
    Info.Opaque = true;
    return true;
  }
  bool VisitUnaryOperator(UnaryOperator *Op) {
    Info.Opaque |= Op->getOpcode() == UO_Deref;
    Repeatable &= !Op->isIncrementDecrementOp();
    return true;
  }
  bool VisitBinaryOperator(BinaryOperator *Op) {
    Repeatable &= !Op->isAssignmentOp();
    return true;
  }
  bool VisitStmtExpr(StmtExpr *) { return Repeatable = false; }
  bool VisitCallExpr(CallExpr *Call) {
    Info.Opaque = true;
    const FunctionDecl *F = Call->getDirectCallee();
    // Whether a task is done is another question each time.
    Repeatable &= F && !declaredYields(*F) && !isNamedAsOurs(*F);
    return true;
  }
};
} // namespace

static ValueRange valuesOf(ASTContext &Context, QualType T) {
  if (T->isBooleanType())
    return ValueRange(0, 1);
  if (T->isPointerType() || T->isUnsignedIntegerOrEnumerationType())
    return ValueRange(0, ValueRange::Max);
  if (!T->isIntegralOrEnumerationType() || Context.getIntWidth(T) >= 64)
    return ValueRange::all();
  int64_t High = (int64_t(1) << (Context.getIntWidth(T) - 1)) - 1;
  return ValueRange(-High - 1, High);
}

KeyId Keys::create(KeyInfo Info) {
  Infos.push_back(std::move(Info));
  return static_cast<KeyId>(Infos.size() - 1);
}

KeyId Keys::keyOf(const VarDecl &Var) {
  auto [Known, New] = ByVariable.try_emplace(&Var);
  if (New) {
    KeyInfo Info;
    Info.Full = valuesOf(Context, Var.getType());
    Info.Mentions.push_back(&Var);
    Info.Variable = &Var;
    Info.Where = Place{&Var, {}};
    Info.Opaque = !Var.hasLocalStorage() || Exposed.contains(&Var) ||
                  Var.getType().isVolatileQualified();
    Known->second = create(std::move(Info));
  }
  if (Asked)
    Asked->insert(Known->second);
  return Known->second;
}

std::optional<KeyId> Keys::keyOf(const Expr *E) {
  E = stripped(Context, E);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    if (const auto *Var = dyn_cast<VarDecl>(Ref->getDecl()))
      return keyOf(*Var);
  auto Known = ByExpr.find(E);
  if (Known == ByExpr.end())
    Known = ByExpr.try_emplace(E, findKey(E)).first;
  if (Asked && Known->second)
    Asked->insert(*Known->second);
  return Known->second;
}

std::optional<KeyId> Keys::findKey(const Expr *E) {
  Dependencies D(*this);
  D.TraverseStmt(const_cast<Expr *>(E));
  if (!D.Repeatable)
    return std::nullopt;
  llvm::FoldingSetNodeID Profile;
  E->Profile(Profile, Context, /*Canonical=*/true);
  auto [Same, New] = ByProfile.try_emplace(Profile);
  if (New) {
    D.Info.Full = valuesOf(Context, E->getType());
    if (pointeeOf(Context, E)) // not null: so coro_scoped runs its block
      D.Info.Full = ValueRange(1, ValueRange::Max);
    const auto *Op = dyn_cast<BinaryOperator>(E);
    if (Op && (Op->isComparisonOp() || Op->isLogicalOp()))
      D.Info.Full = ValueRange(0, 1);
    if (E->isGLValue())
      D.Info.Where = placeOf(Context, E);
    Same->second = create(std::move(D.Info));
  }
  return Same->second;
}

KeyId Keys::difference(KeyId A, KeyId B) {
  auto [Known, New] = ByPair.try_emplace({A, B});
  if (New) {
    KeyInfo Info;
    Info.Full = ValueRange(-1, 1);
    Info.Opaque = Infos[A].Opaque || Infos[B].Opaque;
    Info.Mentions = Infos[A].Mentions;
    for (const ValueDecl *D : Infos[B].Mentions)
      if (!Info.mentions(D))
        Info.Mentions.push_back(D);
    Known->second = create(std::move(Info));
  }
  if (Asked)
    Asked->insert(Known->second);
  return Known->second;
}

std::optional<int64_t> Keys::constant(const Expr *E) {
  auto [Known, New] = Constants.try_emplace(E);
  if (!New)
    return Known->second;
  std::optional<int64_t> Value;
  Expr::EvalResult Result;
  if (E->getType()->isIntegralOrEnumerationType()) {
    if (E->EvaluateAsInt(Result, Context, Expr::SE_NoSideEffects) &&
        Result.Val.getInt().isRepresentableByInt64())
      Value = Result.Val.getInt().getExtValue();
  } else if (E->getType()->isPointerType() &&
             E->isNullPointerConstant(Context,
                                      Expr::NPC_ValueDependentIsNotNull)) {
    Value = 0;
  }
  return Constants[E] = Value;
}

const ValueDecl *changedBy(ASTContext &Context, const Expr *E) {
  for (;;) {
    E = stripped(Context, E)->IgnoreParenCasts();
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
      return Ref->getDecl();
    if (const auto *Member = dyn_cast<MemberExpr>(E))
      return Member->getMemberDecl();
    if (const auto *Element = dyn_cast<ArraySubscriptExpr>(E))
      E = Element->getBase();
    else if (const auto *Deref = dyn_cast<UnaryOperator>(E))
      E = Deref->getSubExpr();
    else
      return nullptr;
  }
}

} // namespace coro
