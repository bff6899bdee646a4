//===-- PathValues.cpp - What an expression is on one path ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Says an expression's value in terms of one key: a number, what the key is, or
// whether the key is in a set. `n > 3`, `!(n <= 3)` and `3 < n` are all "n is
// in 4...". A comparison of two keys is about the sign of their difference.
// What has effects of its own is over by the time it is asked for: `i++` is one
// less than i is now.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Linearity/PathFacts.h"
#include "coro/abi.h"

using namespace clang;

namespace coro {

PathValue PathValue::constant(int64_t Number) {
  PathValue V;
  V.Kind = Constant;
  V.Number = Number;
  return V;
}

PathValue PathValue::same(KeyId Key) {
  PathValue V;
  V.Kind = Same;
  V.Key = Key;
  return V;
}

PathValue PathValue::within(KeyId Key, ValueRange Range) {
  PathValue V;
  V.Kind = Within;
  V.Key = Key;
  V.Range = std::move(Range);
  return V;
}

PathValue PathValue::isIn(const ValueRange &Wanted) const {
  switch (Kind) {
  case Constant:
    // The key is kept: what is known of it may be out of date, see assume().
    return Key ? within(*Key, Wanted) : constant(Wanted.contains(Number));
  case Same:
    return within(*Key, Wanted);
  case Within: {
    // It is 0 or 1 itself.
    bool IfFalse = Wanted.contains(0), IfTrue = Wanted.contains(1);
    if (IfFalse == IfTrue)
      return constant(IfTrue);
    return within(*Key, IfTrue ? Range : Range.complement());
  }
  case Unknown:
    break;
  }
  return PathValue();
}

static std::optional<int64_t> compute(BinaryOperatorKind Op, int64_t L,
                                      int64_t R) {
  constexpr int64_t Small = int64_t(1) << 30;
  if (L < -Small || L > Small || R < -Small || R > Small)
    return std::nullopt;
  switch (Op) {
  case BO_Add:
  case BO_AddAssign:
    return L + R;
  case BO_Sub:
  case BO_SubAssign:
    return L - R;
  case BO_Mul:
  case BO_MulAssign:
    return L * R;
  case BO_And:
  case BO_AndAssign:
    return L & R;
  case BO_Or:
  case BO_OrAssign:
    return L | R;
  case BO_Xor:
  case BO_XorAssign:
    return L ^ R;
  default:
    return std::nullopt;
  }
}

PathValue PathValue::computed(BinaryOperatorKind Op, const PathValue &L,
                              const PathValue &R) {
  if (L.Kind != Constant || R.Kind != Constant)
    return PathValue();
  std::optional<int64_t> Number = compute(Op, L.Number, R.Number);
  return Number ? constant(*Number) : PathValue();
}

PathValue PathFacts::valueOfKey(KeyId Key) const {
  for (const Binding &B : Bindings)
    if (B.Var == Key)
      return B.To;
  PathValue V = PathValue::same(Key);
  if (std::optional<int64_t> Number = rangeOf(Key).single()) {
    V.Kind = PathValue::Constant;
    V.Number = *Number;
  }
  return V;
}

PathValue PathFacts::valueOfComparison(const BinaryOperator &Op) const {
  PathValue L = valueOf(Op.getLHS()), R = valueOf(Op.getRHS());
  BinaryOperatorKind How = Op.getOpcode();
  if (L.Kind == PathValue::Constant && !L.Key) {
    std::swap(L, R);
    How = BinaryOperator::reverseComparisonOp(How);
  }
  if (R.Kind == PathValue::Constant)
    return L.isIn(ValueRange::comparing(How, R.Number));
  if (L.Kind == PathValue::Constant)
    return R.isIn(ValueRange::comparing(
        BinaryOperator::reverseComparisonOp(How), L.Number));
  if (!L.Key || !R.Key || L.Kind != PathValue::Same ||
      R.Kind != PathValue::Same || *L.Key == StatusKey || *R.Key == StatusKey ||
      *L.Key == *R.Key)
    return PathValue();
  if (*L.Key > *R.Key) {
    std::swap(L, R);
    How = BinaryOperator::reverseComparisonOp(How);
  }
  return PathValue::within(All->difference(*L.Key, *R.Key),
                           ValueRange::comparing(How, 0));
}

ValueRange PathFacts::rangeOf(const PathValue &V) const {
  switch (V.Kind) {
  case PathValue::Constant:
    return ValueRange::only(V.Number);
  case PathValue::Same:
    return rangeOf(*V.Key);
  case PathValue::Within:
    if (rangeOf(*V.Key).within(V.Range))
      return ValueRange::only(1);
    if (rangeOf(*V.Key).intersect(V.Range).empty())
      return ValueRange::only(0);
    return ValueRange(0, 1);
  case PathValue::Unknown:
    break;
  }
  return ValueRange::all();
}

std::optional<bool> PathFacts::truth(const PathValue &V) const {
  ValueRange Range = rangeOf(V);
  if (!Range.contains(0))
    return true;
  if (Range == ValueRange::only(0))
    return false;
  return std::nullopt;
}

/// The arms are evaluated by now, in other blocks: which of them was, the facts
/// may still say.
PathValue PathFacts::valueOfOperator(const BinaryOperator &Op) const {
  if (Op.isComparisonOp())
    return valueOfComparison(Op);
  if (Op.isLogicalOp()) {
    std::optional<bool> First = truth(valueOf(Op.getLHS()));
    PathValue Second =
        valueOf(Op.getRHS()).isIn(ValueRange::only(0).complement());
    bool Decides = Op.getOpcode() == BO_LOr;
    if (First == Decides)
      return PathValue::constant(Decides);
    if (First)
      return Second;
    return truth(Second) == Decides ? PathValue::constant(Decides)
                                    : PathValue();
  }
  return PathValue::computed(Op.getOpcode(), valueOf(Op.getLHS()),
                             valueOf(Op.getRHS()));
}

PathValue PathFacts::valueOfUnary(const UnaryOperator &Op) const {
  if (Op.getOpcode() == UO_LNot)
    return valueOf(Op.getSubExpr()).isIn(ValueRange::only(0));
  if (!Op.isIncrementDecrementOp())
    return PathValue();
  // It is done by now: what it gives is the value before, or after.
  PathValue After = valueOf(Op.getSubExpr());
  if (After.Kind != PathValue::Constant)
    return Op.isPrefix() ? After : PathValue();
  if (Op.isPostfix())
    return PathValue::constant(After.Number + (Op.isIncrementOp() ? -1 : 1));
  return After;
}

PathValue PathFacts::valueOf(const Expr *E) const {
  E = stripped(All->context(), E);
  if (E->isValueDependent())
    return PathValue();
  if (std::optional<int64_t> Number = All->constant(E))
    return PathValue::constant(*Number);
  if (E == StatusCall)
    return StatusIsYielded
               ? PathValue::within(StatusKey, ValueRange::only(CORO_YIELDED))
               : PathValue::same(StatusKey);
  if (const auto *Cast = dyn_cast<CastExpr>(E)) {
    PathValue From = valueOf(Cast->getSubExpr());
    if (Cast->getCastKind() == CK_IntegralToBoolean ||
        Cast->getCastKind() == CK_PointerToBoolean)
      return From.isIn(ValueRange::only(0).complement());
    // A number that is small enough in every type.
    if (Cast->getCastKind() == CK_IntegralCast &&
        From.Kind == PathValue::Constant && From.Number >= 0 &&
        From.Number < 128)
      return From;
  }
  PathValue V;
  if (const auto *Op = dyn_cast<BinaryOperator>(E))
    V = valueOfOperator(*Op);
  else if (const auto *Op = dyn_cast<UnaryOperator>(E))
    V = valueOfUnary(*Op);
  else if (const auto *Choice = dyn_cast<ConditionalOperator>(E)) {
    std::optional<bool> First = truth(valueOf(Choice->getCond()));
    PathValue IfTrue = valueOf(Choice->getTrueExpr());
    PathValue IfFalse = valueOf(Choice->getFalseExpr());
    if (First)
      return *First ? IfTrue : IfFalse;
  }
  if (V.Kind != PathValue::Unknown)
    return V;
  std::optional<KeyId> Key = All->keyOf(E);
  return Key ? valueOfKey(*Key) : PathValue();
}

} // namespace coro
