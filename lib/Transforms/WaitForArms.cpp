//===-- WaitForArms.cpp - The loops of a wait for several things ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//   coro_join(&a, &b)      pending = 11b
//                   round: if (pending & 01b)
//                            if (a.poll(&a, cx) != PENDING) pending &= ~01b
//                          if (pending & 10b) ...
//                          if (pending) { suspend; goto round }
//
//   coro_any(&a, &b)  round: if (a.poll(&a, cx) != PENDING) -> 0
//                            if (b.poll(&b, cx) != PENDING) -> 1
//                            suspend; goto round
//
// coro_race is coro_any and then ends the others, coro_timeout a race against
// an alarm, and coro_wait a race of one whose value is the status. So there is
// one suspension, however many arms, and only a join keeps anything of its own
// over it: a bit for each arm.
//
// Arms nobody wants any more are ended in a second loop. What follows depends
// on why:
//
//   drop:  if (pending & 01b)
//            if (a.cancel(&a, cx) != PENDING) pending &= ~01b
//          ...
//          if (pending) { shielded: suspend; goto drop }
//          the winner's number, or raise what an arm has raised, or go on being
//          cancelled
//
//===----------------------------------------------------------------------===//

#include "Transforms/WaitForArms.h"
#include "IR/Facts.h"
#include "IR/Parts.h"
#include "Transforms/ArmCalls.h"
#include "Transforms/LowerShields.h"
#include "Transforms/WaitLoop.h"
#include "coro/abi.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/MDBuilder.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"

using namespace llvm;

namespace coro {

namespace {
/// Writes the loops for one marker.
class Expansion {
  const Combined &C;
  Function &F;
  Module &M;
  IRBuilder<> B;
  BasicBlock *Before, *Round, *Suspend, *After;
  /// Where the marker's own unwinding leads, or null.
  BasicBlock *Unwind = nullptr;
  /// Not there until somebody is to be ended.
  BasicBlock *Drop = nullptr;
  /// A bit for each arm that is pending; why arms are ended; how the last one
  /// of them was.
  SmallVector<AllocaInst *, 2> Pending;
  AllocaInst *Reason = nullptr, *Last = nullptr;
  SmallSetVector<unsigned, 4> Reasons;
  SmallVector<std::pair<Value *, BasicBlock *>, 4> Results;

  unsigned count() const { return C.Arms.size(); }
  BasicBlock *block(const Twine &Name) {
    return BasicBlock::Create(F.getContext(), Name, &F, After);
  }
  /// Goes on writing in another block.
  void enter(BasicBlock *Block) {
    B.SetInsertPoint(Block);
    B.SetCurrentDebugLocation(C.Call->getDebugLoc());
  }
  AllocaInst *variable(Type *T, const Twine &Name) {
    // The block may be empty by now, and then nothing stands at its beginning.
    IRBuilder<> Entry(&F.getEntryBlock(), F.getEntryBlock().begin());
    return Entry.CreateAlloca(T, nullptr, Name);
  }
  Value *is(Value *Status, coro_status Wanted) {
    return B.CreateICmpEQ(Status, B.getInt32(Wanted));
  }
  Value *isOver(Value *Status) {
    return B.CreateICmpNE(Status, B.getInt32(CORO_PENDING));
  }
  void open();
  void suspend();
  IntegerType *word() const;
  void setPending(const APInt &Arms);
  Value *nonePending();
  void eachPending(function_ref<void(unsigned Index)> Do);
  void clearIf(Value *Over, unsigned Index);

  enum : unsigned { Self = ~0u };
  /// Reasons are Self, an arm that is over, or, from count() on, an arm that
  /// has raised.
  void drop(unsigned Why, const std::optional<APInt> &Arms);
  void writeDrop();
  void finish(BasicBlock *Done);
  void follow(unsigned Why);
  ConstantInt *reason(unsigned Why) const;
  Value *last();
  void give(Value *Result);
  void reraise(const Arm &A);
  void leave(Marker Which, ArrayRef<Value *> Arguments);
  void end(unsigned Index, Value *Status);
  void untilAll();
  void untilFirst();
  void endFirst(unsigned Index, Value *Status,
                const std::optional<APInt> &Others, BasicBlock *Over);

public:
  explicit Expansion(const Combined &C)
      : C(C), F(*C.Call->getFunction()), M(*F.getParent()), B(C.Call) {}
  void run();
};
} // namespace

/// The blocks around the loop. The call stays at the head of After until the
/// loop is there.
void Expansion::open() {
  Before = C.Call->getParent();
  if (auto *Invoke = dyn_cast<InvokeInst>(C.Call)) {
    Unwind = Invoke->getUnwindDest();
    After = SplitEdge(Before, Invoke->getNormalDest());
  } else {
    After = SplitBlock(Before, C.Call);
    Before->getTerminator()->eraseFromParent();
  }
  After->setName("coro.done");
  Suspend = block("coro.pending");
  Round = BasicBlock::Create(F.getContext(), "coro.round", &F, Suspend);
}

static CallInst *suspendHere(IRBuilder<> &B) {
  FunctionCallee Marked =
      declareMarker(*B.GetInsertBlock()->getModule(), Marker::Suspend,
                    FunctionType::get(B.getVoidTy(), false));
  setCoroutine(*cast<Function>(Marked.getCallee()));
  return B.CreateCall(Marked);
}

/// One suspension between two rounds. Cancelled there, the arms come first.
void Expansion::suspend() {
  enter(Suspend);
  suspendHere(B);
  FunctionCallee Asked = declareMarker(M, Marker::Cancelled,
                                       FunctionType::get(B.getInt1Ty(), false));
  BasicBlock *Cancelled = block("coro.cancelled");
  B.CreateCondBr(B.CreateCall(Asked), Cancelled, Round,
                 MDBuilder(F.getContext()).createUnlikelyBranchWeights());
  enter(Cancelled);
  if (C.Kind == Marker::Any || C.Kind == Marker::WaitFor) {
    // These do not own what they wait for; but a future gives back what it has
    // arranged for the one that waits, which may itself take a while.
    APInt Futures = APInt::getZero(count());
    for (unsigned I = 0; I < count(); ++I)
      if (C.Arms[I].Kind == Arm::Future)
        Futures.setBit(I);
    return Futures.isZero() ? leave(Marker::Unwind, {}) : drop(Self, Futures);
  }
  bool Knows = C.Kind == Marker::Join && count() > 1;
  drop(Self, Knows ? std::nullopt : std::optional(APInt::getAllOnes(count())));
}

IntegerType *Expansion::word() const {
  unsigned Width = std::min<uint64_t>(64, PowerOf2Ceil(std::max(count(), 8u)));
  return IntegerType::get(F.getContext(), Width);
}

/// As many words as it takes.
void Expansion::setPending(const APInt &Arms) {
  IntegerType *Word = word();
  unsigned Width = Word->getBitWidth();
  for (unsigned First = 0; First < count(); First += Width) {
    if (Pending.size() <= First / Width)
      Pending.push_back(variable(Word, "coro.arms"));
    APInt Bits = Arms.lshr(First).zextOrTrunc(Width);
    B.CreateStore(ConstantInt::get(Word, Bits), Pending[First / Width]);
  }
}

Value *Expansion::nonePending() {
  Value *Left = B.CreateLoad(word(), Pending.front());
  for (AllocaInst *Bits : drop_begin(Pending))
    Left = B.CreateOr(Left, B.CreateLoad(word(), Bits));
  return B.CreateIsNull(Left);
}

/// Writes what is done with each arm that is pending.
void Expansion::eachPending(function_ref<void(unsigned Index)> Do) {
  unsigned Width = word()->getBitWidth();
  for (unsigned I = 0; I < count(); ++I) {
    APInt Bit = APInt::getOneBitSet(Width, I % Width);
    BasicBlock *Found = block("coro.arm"), *Next = block("coro.next");
    Value *IsPending = B.CreateAnd(B.CreateLoad(word(), Pending[I / Width]),
                                   ConstantInt::get(word(), Bit));
    B.CreateCondBr(B.CreateIsNotNull(IsPending), Found, Next);
    enter(Found);
    Do(I);
    B.CreateBr(Next);
    enter(Next);
  }
}

void Expansion::clearIf(Value *Over, unsigned Index) {
  unsigned Width = word()->getBitWidth();
  AllocaInst *Bits = Pending[Index / Width];
  APInt Bit = APInt::getOneBitSet(Width, Index % Width);
  Value *Old = B.CreateLoad(word(), Bits);
  Value *Without = B.CreateAnd(Old, ConstantInt::get(word(), ~Bit));
  B.CreateStore(B.CreateSelect(Over, Without, Old), Bits);
}

/// Leaves to the second loop, for these arms or for those that are pending.
void Expansion::drop(unsigned Why, const std::optional<APInt> &Arms) {
  if (!Drop) {
    Drop = block("coro.drop");
    bool Small = 2 * count() < 255;
    Reason = variable(Small ? B.getInt8Ty() : B.getInt32Ty(), "coro.reason");
    if (C.Kind == Marker::Timeout || C.Kind == Marker::Cancel)
      Last = variable(B.getInt8Ty(), "coro.last");
  }
  Reasons.insert(Why);
  if (Arms)
    setPending(*Arms);
  B.CreateStore(reason(Why), Reason);
  B.CreateBr(Drop);
}

ConstantInt *Expansion::reason(unsigned Why) const {
  auto *T = cast<IntegerType>(Reason->getAllocatedType());
  return ConstantInt::get(T->getContext(),
                          APInt(32, Why).trunc(T->getBitWidth()));
}

/// The status of the arm that was ended last.
Value *Expansion::last() {
  return B.CreateZExt(B.CreateLoad(B.getInt8Ty(), Last), B.getInt32Ty());
}

void Expansion::writeDrop() {
  enter(Drop);
  Value *Context = contextHere(B);
  eachPending([&](unsigned Index) {
    Value *Status = cancelArm(B, C.Arms[Index], Context);
    if (Last)
      B.CreateStore(B.CreateTrunc(Status, B.getInt8Ty()), Last);
    clearIf(isOver(Status), Index);
  });
  BasicBlock *Waits = block("coro.dropping"), *Done = block("coro.dropped");
  B.CreateCondBr(nonePending(), Done, Waits);
  enter(Waits);
  uint64_t Shield = freshShield(F);
  markShield(B, Shield, true);
  suspendHere(B)->setMetadata(ShieldedSuspension,
                              MDNode::get(F.getContext(), {}));
  markShield(B, Shield, false);
  B.CreateBr(Drop);
  finish(Done);
}

/// What follows once nobody is left.
void Expansion::finish(BasicBlock *Done) {
  enter(Done);
  if (C.Kind == Marker::Cancel)
    return give(last());
  if (Reasons.size() == 1)
    return follow(Reasons.front());
  BasicBlock *Rest = block("coro.why");
  SwitchInst *Switch =
      B.CreateSwitch(B.CreateLoad(Reason->getAllocatedType(), Reason), Rest);
  for (unsigned Why : drop_begin(Reasons)) {
    BasicBlock *To = block("coro.why");
    Switch->addCase(reason(Why), To);
    enter(To);
    follow(Why);
  }
  enter(Rest);
  follow(Reasons.front());
}

void Expansion::follow(unsigned Why) {
  if (Why == Self)
    return leave(Marker::Unwind, {});
  if (Why >= count())
    return reraise(C.Arms[Why - count()]);
  // It rang. But what was to be ended may have ended by itself.
  if (C.Kind == Marker::Timeout)
    return end(0, last());
  give(B.getInt32(Why));
}

/// Timeout: the task ended like this after all, or was cancelled.
void Expansion::end(unsigned Index, Value *Status) {
  const Arm &A = C.Arms[Index];
  if (A.F && raises(*A.F)) {
    BasicBlock *Raised = block("coro.raised"), *Rest = block("coro.rest");
    B.CreateCondBr(is(Status, CORO_RAISED), Raised, Rest);
    enter(Raised);
    reraise(A);
    enter(Rest);
  }
  give(B.CreateZExt(B.CreateNot(is(Status, CORO_DONE)), B.getInt32Ty()));
}

/// The marker's value is known here.
void Expansion::give(Value *Result) {
  Results.push_back({Result, B.GetInsertBlock()});
  B.CreateBr(After);
}

/// A marker that does not come back, with the edge of the one in whose place it
/// is.
void Expansion::leave(Marker Which, ArrayRef<Value *> Arguments) {
  SmallVector<Type *, 3> Types;
  for (Value *A : Arguments)
    Types.push_back(A->getType());
  FunctionCallee Callee =
      declareMarker(M, Which, FunctionType::get(B.getVoidTy(), Types, false));
  if (!Unwind) {
    B.CreateCall(Callee, Arguments);
    B.CreateUnreachable();
    return;
  }
  BasicBlock *Never = block("coro.never");
  B.CreateInvoke(Callee, Never, Unwind, Arguments);
  for (PHINode &Phi : Unwind->phis())
    Phi.addIncoming(Phi.getIncomingValueForBlock(Before), B.GetInsertBlock());
  enter(Never);
  B.CreateUnreachable();
}

void Expansion::reraise(const Arm &A) {
  ResultPlace Error = *exchangePlace(*A.F, Exchange::Error);
  Value *From =
      B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), A.Frame, Error.Offset);
  leave(Marker::Reraise,
        {From, B.getInt64(Error.Size), B.getInt64(Error.Align)});
}

void Expansion::untilAll() {
  setPending(APInt::getAllOnes(count()));
  B.CreateBr(Round);
  enter(Round);
  Value *Context = contextHere(B);
  eachPending([&](unsigned Index) {
    const Arm &A = C.Arms[Index];
    Value *Status = pollArm(B, A, Context);
    clearIf(isOver(Status), Index);
    if (!A.F || !raises(*A.F))
      return;
    BasicBlock *Raised = block("coro.raised"), *Rest = block("coro.rest");
    B.CreateCondBr(is(Status, CORO_RAISED), Raised, Rest);
    enter(Raised);
    drop(count() + Index, std::nullopt);
    enter(Rest);
  });
  B.CreateCondBr(nonePending(), After, Suspend);
}

/// The first arm to be over leaves the loop.
void Expansion::untilFirst() {
  B.CreateBr(Round);
  enter(Round);
  Value *Context = contextHere(B);
  bool Ends = C.Kind == Marker::Race || C.Kind == Marker::Timeout;
  for (unsigned I = 0; I < count(); ++I) {
    const Arm &A = C.Arms[I];
    Value *Status = pollArm(B, A, Context);
    BasicBlock *Next = I + 1 == count() ? Suspend : block("coro.next");
    APInt Others = ~APInt::getOneBitSet(count(), I);
    if (C.Kind == Marker::Timeout)
      Others &= 1; // the alarm is its variable's to clear
    bool Drops = Ends && !Others.isZero();
    bool Raises = A.F && raises(*A.F) && C.Kind != Marker::WaitFor;
    Value *Number = C.Kind == Marker::WaitFor ? Status : B.getInt32(I);
    BasicBlock *Over = Drops || Raises ? block("coro.over") : After;
    if (Over == After)
      Results.push_back({Number, B.GetInsertBlock()});
    B.CreateCondBr(isOver(Status), Over, Next);
    if (Over != After)
      endFirst(I, Status, Drops ? std::optional(Others) : std::nullopt, Over);
    if (Next != Suspend)
      enter(Next);
  }
}

/// An arm is over, and it has raised or these are to be ended.
void Expansion::endFirst(unsigned Index, Value *Status,
                         const std::optional<APInt> &Others, BasicBlock *Over) {
  const Arm &A = C.Arms[Index];
  enter(Over);
  if (A.F && raises(*A.F)) {
    BasicBlock *Raised = block("coro.raised"), *Rest = block("coro.rest");
    B.CreateCondBr(is(Status, CORO_RAISED), Raised, Rest);
    enter(Raised);
    if (Others)
      drop(count() + Index, Others);
    else
      reraise(A);
    enter(Rest);
  }
  if (Others)
    drop(Index, Others);
  else
    give(B.getInt32(Index));
}

void Expansion::run() {
  open();
  Instruction *Terminator = Before->getTerminator();
  enter(Before);
  if (Terminator)
    B.SetInsertPoint(Terminator);
  if (C.Kind == Marker::Timeout)
    B.CreateCall(
        M.getOrInsertFunction("coro_alarm_set", B.getVoidTy(), B.getPtrTy(),
                              B.getInt64Ty(), B.getPtrTy()),
        {C.Call->getArgOperand(0), C.Call->getArgOperand(1), contextHere(B)});
  if (C.Kind == Marker::Cancel)
    drop(0, APInt::getAllOnes(count()));
  // A join of one needs no bits.
  else if (C.Kind == Marker::Join && count() > 1)
    untilAll();
  else
    untilFirst();
  if (C.Kind == Marker::Cancel) {
    Round->eraseFromParent();
    Suspend->eraseFromParent();
  } else {
    suspend();
  }
  if (Drop)
    writeDrop();
  if (Unwind)
    Unwind->removePredecessor(Before, /*KeepOneInputPHIs=*/true);
  if (!C.Call->getType()->isVoidTy() && !Results.empty()) {
    B.SetInsertPoint(After, After->begin());
    PHINode *Result = B.CreatePHI(C.Call->getType(), Results.size());
    for (auto [V, Block] : Results)
      Result->addIncoming(V, Block);
    C.Call->replaceAllUsesWith(Result);
  }
  C.Call->eraseFromParent();
}

void waitForArms(const Combined &C) { Expansion(C).run(); }

} // namespace coro
