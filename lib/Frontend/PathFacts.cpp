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

#include "Frontend/PathFacts.h"
#include "coro/abi.h"
#include "clang/AST/Decl.h"

using namespace clang;

namespace coro {

static PathFacts::Value constant(int64_t Number) {
  PathFacts::Value V;
  V.Kind = PathFacts::Value::Constant;
  V.Number = Number;
  return V;
}

static PathFacts::Value within(KeyId Key, ValueRange Range) {
  PathFacts::Value V;
  V.Kind = PathFacts::Value::Within;
  V.Key = Key;
  V.Range = std::move(Range);
  return V;
}

static PathFacts::Value same(KeyId Key) {
  PathFacts::Value V;
  V.Kind = PathFacts::Value::Same;
  V.Key = Key;
  return V;
}

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

/// The value of `V Op Than` where V is true or false.
static PathFacts::Value compareTruth(const PathFacts::Value &V,
                                     const ValueRange &Wanted) {
  bool IfFalse = Wanted.contains(0), IfTrue = Wanted.contains(1);
  if (IfFalse == IfTrue)
    return constant(IfTrue);
  return within(*V.Key, IfTrue ? V.Range : V.Range.complement());
}

static PathFacts::Value isIn(const PathFacts::Value &V,
                             const ValueRange &Wanted) {
  switch (V.Kind) {
  case PathFacts::Value::Constant:
    // The key is kept: what is known of it may be out of date, see assume().
    return V.Key ? within(*V.Key, Wanted)
                 : constant(Wanted.contains(V.Number));
  case PathFacts::Value::Same:
    return within(*V.Key, Wanted);
  case PathFacts::Value::Within:
    return compareTruth(V, Wanted);
  case PathFacts::Value::Unknown:
    break;
  }
  return V;
}

PathFacts::Value PathFacts::valueOfKey(KeyId Key) const {
  for (const Binding &B : Bindings)
    if (B.Var == Key)
      return B.To;
  Value V = same(Key);
  if (std::optional<int64_t> Number = rangeOf(Key).single()) {
    V.Kind = Value::Constant;
    V.Number = *Number;
  }
  return V;
}

PathFacts::Value
PathFacts::valueOfComparison(const BinaryOperator &Op) const {
  Value L = valueOf(Op.getLHS()), R = valueOf(Op.getRHS());
  BinaryOperatorKind How = Op.getOpcode();
  if (L.Kind == Value::Constant && !L.Key) {
    std::swap(L, R);
    How = BinaryOperator::reverseComparisonOp(How);
  }
  if (R.Kind == Value::Constant)
    return isIn(L, ValueRange::comparing(How, R.Number));
  if (L.Kind == Value::Constant)
    return isIn(R, ValueRange::comparing(
                       BinaryOperator::reverseComparisonOp(How), L.Number));
  if (!L.Key || !R.Key || L.Kind != Value::Same || R.Kind != Value::Same ||
      *L.Key == StatusKey || *R.Key == StatusKey || *L.Key == *R.Key)
    return Value();
  if (*L.Key > *R.Key) {
    std::swap(L, R);
    How = BinaryOperator::reverseComparisonOp(How);
  }
  return within(All->difference(*L.Key, *R.Key),
                ValueRange::comparing(How, 0));
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

ValueRange PathFacts::rangeOf(const Value &V) const {
  switch (V.Kind) {
  case Value::Constant:
    return ValueRange::only(V.Number);
  case Value::Same:
    return rangeOf(*V.Key);
  case Value::Within:
    if (rangeOf(*V.Key).within(V.Range))
      return ValueRange::only(1);
    if (rangeOf(*V.Key).intersect(V.Range).empty())
      return ValueRange::only(0);
    return ValueRange(0, 1);
  case Value::Unknown:
    break;
  }
  return ValueRange::all();
}

std::optional<bool> PathFacts::truth(const Value &V) const {
  ValueRange Range = rangeOf(V);
  if (!Range.contains(0))
    return true;
  if (Range == ValueRange::only(0))
    return false;
  return std::nullopt;
}

/// The arms are evaluated by now, in other blocks: which of them was, the facts
/// may still say.
PathFacts::Value PathFacts::valueOfOperator(const BinaryOperator &Op) const {
  if (Op.isComparisonOp())
    return valueOfComparison(Op);
  if (Op.isLogicalOp()) {
    std::optional<bool> First = truth(valueOf(Op.getLHS()));
    Value Second =
        isIn(valueOf(Op.getRHS()), ValueRange::only(0).complement());
    bool Decides = Op.getOpcode() == BO_LOr;
    if (First == Decides)
      return constant(Decides);
    if (First)
      return Second;
    return truth(Second) == Decides ? constant(Decides) : Value();
  }
  Value L = valueOf(Op.getLHS()), R = valueOf(Op.getRHS());
  if (L.Kind == Value::Constant && R.Kind == Value::Constant)
    if (std::optional<int64_t> Number =
            compute(Op.getOpcode(), L.Number, R.Number))
      return constant(*Number);
  return Value();
}

PathFacts::Value PathFacts::valueOfUnary(const UnaryOperator &Op) const {
  if (Op.getOpcode() == UO_LNot)
    return isIn(valueOf(Op.getSubExpr()), ValueRange::only(0));
  if (!Op.isIncrementDecrementOp())
    return Value();
  // It is done by now: what it gives is the value before, or after.
  Value After = valueOf(Op.getSubExpr());
  if (After.Kind != Value::Constant)
    return Op.isPrefix() ? After : Value();
  if (Op.isPostfix())
    return constant(After.Number + (Op.isIncrementOp() ? -1 : 1));
  return After;
}

PathFacts::Value PathFacts::valueOf(const Expr *E) const {
  E = stripped(All->context(), E);
  if (E->isValueDependent())
    return Value();
  if (std::optional<int64_t> Number = All->constant(E))
    return constant(*Number);
  if (E == StatusCall)
    return StatusIsYielded ? within(StatusKey, ValueRange::only(CORO_YIELDED))
                           : same(StatusKey);
  if (const auto *Cast = dyn_cast<CastExpr>(E)) {
    Value From = valueOf(Cast->getSubExpr());
    if (Cast->getCastKind() == CK_IntegralToBoolean ||
        Cast->getCastKind() == CK_PointerToBoolean)
      return isIn(From, ValueRange::only(0).complement());
    // A number that is small enough in every type.
    if (Cast->getCastKind() == CK_IntegralCast &&
        From.Kind == Value::Constant && From.Number >= 0 && From.Number < 128)
      return From;
  }
  Value V;
  if (const auto *Op = dyn_cast<BinaryOperator>(E))
    V = valueOfOperator(*Op);
  else if (const auto *Op = dyn_cast<UnaryOperator>(E))
    V = valueOfUnary(*Op);
  else if (const auto *Choice = dyn_cast<ConditionalOperator>(E)) {
    std::optional<bool> First = truth(valueOf(Choice->getCond()));
    Value IfTrue = valueOf(Choice->getTrueExpr());
    Value IfFalse = valueOf(Choice->getFalseExpr());
    if (First)
      return *First ? IfTrue : IfFalse;
  }
  if (V.Kind != Value::Unknown)
    return V;
  std::optional<KeyId> Key = All->keyOf(E);
  return Key ? valueOfKey(*Key) : Value();
}

bool PathFacts::assume(const Value &V, const ValueRange &Range) {
  if (V.Kind == Value::Unknown)
    return true;
  if (V.Kind == Value::Constant && !V.Key)
    return Range.contains(V.Number);
  ValueRange Wanted = Range;
  if (V.Kind == Value::Within) {
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
void PathFacts::store(KeyId To, const Value &V, const ValueRange &Known) {
  const KeyInfo &Info = All->info(To);
  if (Info.Variable && V.Key && V.Kind != Value::Constant &&
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

/// The variable or member that an assignment to E changes.
static const ValueDecl *changedBy(ASTContext &Context, const Expr *E) {
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

void PathFacts::assign(const Expr &To, const Value &V) {
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
  Value Old = valueOf(&To);
  std::optional<KeyId> Key = All->keyOf(&To);
  ValueRange Range = rangeOf(Old);
  assign(To, Value());
  if (!Key)
    return;
  std::optional<int64_t> Number = Range.single();
  if (Number && std::abs(*Number + By) <= Bound)
    Range = ValueRange::only(*Number + By);
  else if (By > 0)
    Range = ValueRange(Range.lowest(), ValueRange::Max);
  else
    Range = ValueRange(ValueRange::Min, Range.highest());
  store(*Key, Value(), Range);
}

void PathFacts::assignTo(const BinaryOperator &Op, int64_t Bound) {
  if (Op.getOpcode() == BO_Assign)
    return assign(*Op.getLHS(), valueOf(Op.getRHS()));
  Value L = valueOf(Op.getLHS()), R = valueOf(Op.getRHS());
  bool Adds = Op.getOpcode() == BO_AddAssign;
  bool Counts = Adds || Op.getOpcode() == BO_SubAssign;
  if (R.Kind == Value::Constant && Counts && std::abs(R.Number) < Bound)
    return step(*Op.getLHS(), Adds ? R.Number : -R.Number, Bound);
  std::optional<int64_t> Number;
  if (L.Kind == Value::Constant && R.Kind == Value::Constant)
    Number = compute(Op.getOpcode(), L.Number, R.Number);
  assign(*Op.getLHS(), Number ? constant(*Number) : Value());
}

void PathFacts::execute(const Stmt &S, int64_t Bound) {
  if (const auto *Asm = dyn_cast<AsmStmt>(&S)) {
    for (const Expr *Output : Asm->outputs())
      assign(*Output, Value());
  } else if (const auto *Op = dyn_cast<BinaryOperator>(&S)) {
    if (Op->isAssignmentOp())
      assignTo(*Op, Bound);
  } else if (const auto *Op = dyn_cast<UnaryOperator>(&S)) {
    if (Op->isIncrementDecrementOp())
      step(*Op->getSubExpr(), Op->isIncrementOp() ? 1 : -1, Bound);
    else if (Op->getOpcode() == UO_AddrOf)
      assign(*Op->getSubExpr(), Value()); // by whoever gets the address
  }
}

void PathFacts::declare(const VarDecl &Var) {
  forgetIf([&](KeyId Key) { return All->info(Key).mentions(&Var); });
  if (!Var.hasInit() || !Var.getType()->isScalarType())
    return;
  Value V = valueOf(Var.getInit());
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
