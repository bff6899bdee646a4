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
#include "IR/Borrowed.h"
#include "IR/Facts.h"
#include "IR/Parts.h"
#include "Transforms/ArmCalls.h"
#include "Transforms/WaitExpansion.h"
#include "Transforms/WaitLoop.h"
#include "coro/abi.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/MDBuilder.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"

using namespace llvm;

namespace coro {

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

CallInst *suspendHere(IRBuilder<> &B) {
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
  if (C.Kind == Marker::Timeout) {
    CallInst *Set = B.CreateCall(
        M.getOrInsertFunction("coro_alarm_set", B.getVoidTy(), B.getPtrTy(),
                              B.getInt64Ty(), B.getPtrTy()),
        {C.Call->getArgOperand(0), C.Call->getArgOperand(1), contextHere(B)});
    lendContext(*Set, 2);
  }
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
