//===-- PathFacts.cpp - What is known on one path of a function -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A fact says that a key (ConditionKeys.h) is one of a set of integers. After
// `if (n > 3)` it is known of n which side of 3 it is on; `n == 2` below is
// then decided on one of the two paths. A binding says that a variable is a
// copy of another key, or says whether that key is in a set:
//
//   bool done = coro_poll(&t, &cx) == CORO_DONE;   // done: the status is 0
//   if (done) ...                                  // here it is known to be
//
// An assignment forgets what it makes stale. Counting up or down is followed
// number by number as far as a bound, then as "at least".
//
// A condition that reads memory may have changed unseen. It is taken not to
// have, so that `if (o->async) start; ... if (o->async) join;` is one question;
// but where the same test is come to again, as in `while (!o->stop)`, both
// answers are possible.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Linearity/PathFacts.h"
#include "clang/AST/Decl.h"

using namespace clang;

namespace coro {

const PathFacts::Fact *PathFacts::find(KeyId Key) const {
  for (const Fact &F : Facts)
    if (F.Key == Key)
      return &F;
  return nullptr;
}

ValueRange PathFacts::rangeOf(KeyId Key) const {
  if (Key == StatusKey)
    return Status;
  const Fact *F = find(Key);
  return F ? F->Range : All->info(Key).Full;
}

void PathFacts::set(KeyId Key, ValueRange Range) {
  if (Key == StatusKey) {
    Status = std::move(Range);
    return;
  }
  auto At = llvm::lower_bound(
      Facts, Key, [](const Fact &F, KeyId Key) { return F.Key < Key; });
  if (At != Facts.end() && At->Key == Key)
    *At = {Key, std::move(Range), Block};
  else
    Facts.insert(At, {Key, std::move(Range), Block});
}

bool PathFacts::assume(const PathValue &V, const ValueRange &Range) {
  if (V.Kind == PathValue::Unknown)
    return true;
  if (V.Kind == PathValue::Constant && !V.Key)
    return Range.contains(V.Number);
  ValueRange Wanted = Range;
  if (V.Kind == PathValue::Within) {
    bool IfFalse = Range.contains(0), IfTrue = Range.contains(1);
    if (IfFalse && IfTrue)
      return true;
    if (!IfFalse && !IfTrue)
      return false;
    Wanted = IfTrue ? V.Range : V.Range.complement();
  }
  ValueRange Left = rangeOf(*V.Key).intersect(Wanted);
  if (Left.empty()) {
    const Fact *Known = find(*V.Key);
    Left = All->info(*V.Key).Full.intersect(Wanted);
    if (!Known || Known->SetBy != Block || !All->info(*V.Key).Opaque ||
        Left.empty())
      return false;
  }
  set(*V.Key, Left);
  return true;
}

bool PathFacts::assume(const Expr *E, bool True) {
  ValueRange False = ValueRange::only(0);
  return assume(valueOf(E), True ? False.complement() : False);
}

bool PathFacts::assume(const Expr *E, const ValueRange &Range) {
  return assume(valueOf(E), Range);
}

/// What is stale goes; a variable that was bound to it keeps what is known.
template <typename Predicate> void PathFacts::forgetIf(Predicate Stale) {
  llvm::SmallVector<Binding, 2> Ended;
  llvm::erase_if(Bindings, [&](const Binding &B) {
    if (Stale(B.Var))
      return true;
    if (!Stale(*B.To.Key))
      return false;
    Ended.push_back(B);
    return true;
  });
  for (const Binding &B : Ended) {
    ValueRange Known = rangeOf(B.To).intersect(All->info(B.Var).Full);
    if (!Known.empty())
      set(B.Var, Known);
  }
  llvm::erase_if(Facts, [&](const Fact &F) { return Stale(F.Key); });
}

void PathFacts::newStatus(const Expr *Call, bool IsYielded,
                          const ValueRange &Possible) {
  forgetIf([](KeyId Key) { return Key == StatusKey; });
  StatusCall = Call;
  StatusIsYielded = IsYielded;
  Status = Possible;
}

/// What the new value is said in terms of may be forgotten by now, hence Known.
void PathFacts::store(KeyId To, const PathValue &V, const ValueRange &Known) {
  const KeyInfo &Info = All->info(To);
  if (Info.Variable && V.Key && V.Kind != PathValue::Constant &&
      !All->info(*V.Key).mentions(Info.Variable)) {
    auto At = llvm::lower_bound(
        Bindings, To, [](const Binding &B, KeyId K) { return B.Var < K; });
    Bindings.insert(At, {To, V});
    return;
  }
  ValueRange Range = Known.intersect(Info.Full);
  if (!Range.empty() && !(Range == Info.Full))
    set(To, Range);
}

void PathFacts::assign(const Expr &To, const PathValue &V) {
  const Expr *Target = stripped(All->context(), &To);
  std::optional<KeyId> Key = All->keyOf(Target);
  const ValueDecl *Changed = changedBy(All->context(), Target);
  if (!Key || !Changed)
    return;
  ValueRange Known = rangeOf(V);
  std::optional<Place> Where = All->info(*Key).Where;
  // Through a pointer the pointer itself does not change.
  bool Indirect = !All->info(*Key).Variable;
  forgetIf([&](KeyId Each) {
    const KeyInfo &Info = All->info(Each);
    if (!Info.mentions(Changed) || (Indirect && Info.Variable == Changed))
      return false;
    return !Where || !Info.Where || Where->overlaps(*Info.Where);
  });
  store(*Key, V, Known);
}

/// Counting: one number after the other as long as they are small, then all
/// that are in that direction.
void PathFacts::step(const Expr &To, int64_t By, int64_t Bound) {
  PathValue Old = valueOf(&To);
  std::optional<KeyId> Key = All->keyOf(&To);
  ValueRange Range = rangeOf(Old);
  assign(To, PathValue());
  if (!Key)
    return;
  std::optional<int64_t> Number = Range.single();
  if (Number && std::abs(*Number + By) <= Bound)
    Range = ValueRange::only(*Number + By);
  else if (By > 0)
    Range = ValueRange(Range.lowest(), ValueRange::Max);
  else
    Range = ValueRange(ValueRange::Min, Range.highest());
  store(*Key, PathValue(), Range);
}

void PathFacts::assignTo(const BinaryOperator &Op, int64_t Bound) {
  if (Op.getOpcode() == BO_Assign)
    return assign(*Op.getLHS(), valueOf(Op.getRHS()));
  PathValue L = valueOf(Op.getLHS()), R = valueOf(Op.getRHS());
  bool Adds = Op.getOpcode() == BO_AddAssign;
  bool Counts = Adds || Op.getOpcode() == BO_SubAssign;
  if (R.Kind == PathValue::Constant && Counts && std::abs(R.Number) < Bound)
    return step(*Op.getLHS(), Adds ? R.Number : -R.Number, Bound);
  assign(*Op.getLHS(), PathValue::computed(Op.getOpcode(), L, R));
}

void PathFacts::execute(const Stmt &S, int64_t Bound) {
  if (const auto *Asm = dyn_cast<AsmStmt>(&S)) {
    for (const Expr *Output : Asm->outputs())
      assign(*Output, PathValue());
  } else if (const auto *Op = dyn_cast<BinaryOperator>(&S)) {
    if (Op->isAssignmentOp())
      assignTo(*Op, Bound);
  } else if (const auto *Op = dyn_cast<UnaryOperator>(&S)) {
    if (Op->isIncrementDecrementOp())
      step(*Op->getSubExpr(), Op->isIncrementOp() ? 1 : -1, Bound);
    else if (Op->getOpcode() == UO_AddrOf)
      assign(*Op->getSubExpr(), PathValue()); // by whoever gets the address
  }
}

void PathFacts::declare(const VarDecl &Var) {
  forgetIf([&](KeyId Key) { return All->info(Key).mentions(&Var); });
  if (!Var.hasInit() || !Var.getType()->isScalarType())
    return;
  PathValue V = valueOf(Var.getInit());
  store(All->keyOf(Var), V, rangeOf(V));
}

void PathFacts::encode(std::vector<int64_t> &To) const {
  for (const Fact &F : Facts) {
    To.push_back(F.Key);
    To.push_back(All->info(F.Key).Opaque ? F.SetBy : 0);
    F.Range.encode(To);
  }
  To.push_back(-1);
  for (const Binding &B : Bindings) {
    To.push_back(B.Var);
    To.push_back(B.To.Kind);
    To.push_back(*B.To.Key);
    B.To.Range.encode(To);
  }
  Status.encode(To);
  To.push_back(static_cast<int64_t>(reinterpret_cast<intptr_t>(StatusCall)));
}

} // namespace coro
