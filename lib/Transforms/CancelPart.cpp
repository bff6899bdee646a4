//===-- CancelPart.cpp - f.cancel -----------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//   again:   switch on the state
//              done, bound        nothing to clean up
//              a point            on along its path of cancellation
//              a wait             the child is cancelled first, and while that
//                                 is pending, so is this
//              in a shield        go.on
//   go.on:   %s = f.poll          again, unless that was the end, or a shield
//                                 suspends
//
// So only the paths of cancellation are in here. Everything else that happens
// to a cancelled task is f.poll's: cleanups that suspend, shielded code, what
// comes after either up to the next suspension that is not shielded, and what
// comes after a child that ended by itself after all.
//
//===----------------------------------------------------------------------===//

#include "Analysis/Shields.h"
#include "IR/Facts.h"
#include "IR/Parts.h"
#include "Transforms/PartBuilder.h"
#include "Transforms/SplitDebug.h"
#include "coro/abi.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/IR/DebugInfoMetadata.h"

using namespace llvm;

namespace coro {

namespace {
class CancelBuilder : ResumeBuilder {
  BitVector Shielded; // by the suspension's index
  BasicBlock *Again = nullptr, *GoOn = nullptr, *Gone = nullptr,
             *Pending = nullptr, *WentOn = nullptr;
  SwitchInst *OnState = nullptr;
  PHINode *Went = nullptr; // what the task said when it went on

  void buildOther(IRBuilder<> &B) override;
  void findShields();
  BasicBlock *wentOn();
  BasicBlock *goOnBy(FunctionCallee Resume, ArrayRef<Value *> Arguments);
  BasicBlock *goOn();
  BasicBlock *goOnAfter(const SuspendPoint &Point);
  BasicBlock *gone();
  BasicBlock *pending();
  BasicBlock *leave(unsigned Point);
  void tellChild(IRBuilder<> &B, const SuspendPoint &Point);
  BasicBlock *stillPending(const SuspendPoint &Point);
  BasicBlock *cancelWait(const SuspendPoint &Point);
  void suspendAgain();
  void lowerStays();
  void buildSilent();

public:
  using ResumeBuilder::ResumeBuilder;
  void build();
};
} // namespace

void CancelBuilder::findShields() {
  Shielded.resize(C.Points.size());
  Shields All(F);
  for (unsigned I = 0; I < C.Points.size(); ++I)
    Shielded[I] = All.cover(*C.Points[I].Call);
}

/// Of a call that is waited for, there is nothing else. Of others: it was asked
/// for before: that is being done. Or the task was not started,
/// and of its state there is no more than the first byte.
void CancelBuilder::buildOther(IRBuilder<> &B) {
  if (!IsRoot)
    return ResumeBuilder::buildOther(B);
  BasicBlock *Started = block("coro.started"), *Asked = block("coro.asked"),
             *Invalid = block("coro.invalid");
  Value *First = B.CreateLoad(B.getInt8Ty(), frame());
  B.CreateCondBr(B.CreateIsNull(First), gone(), Started);
  B.SetInsertPoint(Started);
  Value *Bit = B.CreateAnd(First, B.getInt8(CORO_STATE_CANCEL));
  B.CreateCondBr(B.CreateIsNull(Bit), Invalid, Asked);
  B.SetInsertPoint(Asked);
  B.CreateStore(B.CreateXor(First, Bit), frame());
  B.CreateBr(Again);
  B.SetInsertPoint(Invalid);
  ResumeBuilder::buildOther(B);
}

BasicBlock *CancelBuilder::pending() {
  if (!Pending) {
    Pending = block("coro.pending");
    IRBuilder<> B(Pending);
    B.CreateRet(B.getInt32(CORO_PENDING));
  }
  return Pending;
}

/// The end of a task that has nothing to clean up.
BasicBlock *CancelBuilder::gone() {
  if (!Gone) {
    Gone = block("coro.gone");
    IRBuilder<> B(Gone);
    storeState(B, CORO_STATE_DONE);
    B.CreateRet(B.getInt32(CORO_CANCELLED));
  }
  return Gone;
}

/// The task has gone on as if nobody wanted it cancelled.
BasicBlock *CancelBuilder::wentOn() {
  if (WentOn)
    return WentOn;
  WentOn = block("coro.went.on");
  BasicBlock *Over = block("coro.over");
  BasicBlock *Suspended = Again;
  IRBuilder<> B(F.getContext());
  if (Shielded.any()) {
    Suspended = block("coro.suspended");
    B.SetInsertPoint(Suspended);
    SwitchInst *Switch = B.CreateSwitch(States.load(B, frame()), Again);
    for (unsigned Point : Shielded.set_bits())
      addCases(*Switch, C.Points[Point], pending());
  }
  B.SetInsertPoint(WentOn);
  Went = B.CreatePHI(B.getInt32Ty(), 1);
  SwitchInst *Switch = B.CreateSwitch(Went, Over);
  Switch->addCase(B.getInt32(CORO_PENDING), Suspended);
  // Nobody takes the value.
  Switch->addCase(B.getInt32(CORO_YIELDED), Again);
  B.SetInsertPoint(Over);
  B.CreateRet(Went);
  return WentOn;
}

/// A block that has the task go on by a call.
BasicBlock *CancelBuilder::goOnBy(FunctionCallee Resume,
                                  ArrayRef<Value *> Arguments) {
  BasicBlock *Block = block("coro.go.on");
  IRBuilder<> B(Block);
  CallInst *Status = B.CreateCall(Resume, Arguments);
  Status->setDebugLoc(whereItBegins());
  B.CreateBr(wentOn());
  Went->addIncoming(Status, Block);
  return Block;
}

BasicBlock *CancelBuilder::goOn() {
  if (!GoOn)
    GoOn = goOnBy(pollOf(F), {frame(), context()});
  return GoOn;
}

/// The child of a wait was done after all.
BasicBlock *CancelBuilder::goOnAfter(const SuspendPoint &Point) {
  if (!Point.Direct)
    return goOn();
  LLVMContext &Context = F.getContext();
  auto number = [&](unsigned N) {
    return ConstantInt::get(Type::getInt32Ty(Context), N);
  };
  return goOnBy(resumeOf(F),
                {frame(), context(), number(Point.State), number(CORO_DONE)});
}

/// Where the task goes on from a suspension outside of all shields.
BasicBlock *CancelBuilder::leave(unsigned Point) {
  const SuspendPoint &P = C.Points[Point];
  if (P.childPoll())
    return cancelWait(P);
  return P.resumeMarker(Marker::Cancelled) ? copied(P.Resume) : gone();
}

/// The child of a direct wait may not know its state: the frames above it do.
void CancelBuilder::tellChild(IRBuilder<> &B, const SuspendPoint &Point) {
  if (!Point.Direct)
    return;
  Value *Own = States.decode(B, OnState->getCondition());
  Point.childStates().store(
      B, child(Point),
      B.CreateSub(Own, B.getInt32(Point.State - CORO_STATE_FIRST)));
}

/// Whether the child may as well be forgotten.
static bool isSilent(const SuspendPoint &Point) {
  const Function *Child = coroutineOf(*Point.childPoll());
  return Child && cancelsSilently(*Child);
}

BasicBlock *CancelBuilder::cancelWait(const SuspendPoint &Point) {
  BasicBlock *Next =
      Point.resumeMarker(Marker::Status) ? copied(Point.Resume) : gone();
  if (isSilent(Point)) {
    setStatus(Point, ConstantInt::get(Part.getReturnType(), CORO_CANCELLED));
    return Next;
  }
  BasicBlock *Block = block("coro.cancel");
  IRBuilder<> B(Block);
  tellChild(B, Point);
  Value *Status = callChild(B, Point, Point.childCancel());
  B.SetCurrentDebugLocation(whereOf(Point));
  if (Point.childEnds() == ChildEnds::Plainly) {
    B.CreateBr(Next);
  } else {
    SwitchInst *Switch = B.CreateSwitch(Status, Next);
    Switch->addCase(B.getInt32(CORO_PENDING), stillPending(Point));
    Switch->addCase(B.getInt32(CORO_DONE), goOnAfter(Point));
  }
  if (Point.childEnds() != ChildEnds::Anyhow)
    Status = B.getInt32(CORO_CANCELLED);
  setStatus(Point, Status);
  return Block;
}

/// The child has stored where it is now.
BasicBlock *CancelBuilder::stillPending(const SuspendPoint &Point) {
  if (!Point.Direct)
    return pending();
  BasicBlock *Block = block("coro.still.pending");
  IRBuilder<> B(Block);
  storePoint(B, Point);
  B.CreateBr(pending());
  return Block;
}

/// What the paths of cancellation come to. They suspend in shields alone: any
/// other suspension is left as it is reached.
void CancelBuilder::suspendAgain() {
  IRBuilder<> B(F.getContext());
  for (unsigned I = 0; I < C.Points.size(); ++I) {
    Instruction *Marked = cutAt(I, B);
    if (!Shielded[I])
      B.CreateBr(Again);
    else if (C.Points[I].childPoll())
      B.CreateBr(pending());
    else
      B.CreateCondBr(
          B.CreateICmpEQ(Marked->getOperand(0), B.getInt32(CORO_PENDING)),
          pending(), Again);
    Marked->eraseFromParent();
  }
}

void CancelBuilder::lowerStays() {
  for (CallBase *Stay : callsOf(Part, Marker::Stay)) {
    BasicBlock *Block = Stay->getParent();
    bool Poll = cast<ConstantInt>(Stay->getArgOperand(0))->isOne();
    Block->getTerminator()->eraseFromParent();
    IRBuilder<> B(Block);
    B.SetCurrentDebugLocation(Stay->getDebugLoc());
    B.CreateBr(Poll ? goOn() : pending());
    Stay->eraseFromParent();
  }
}

/// Nothing is to be done, wherever the task is suspended.
void CancelBuilder::buildSilent() {
  beginWithoutCopy();
  IRBuilder<> B(Entry);
  BasicBlock *Done = block("coro.done");
  Value *First = B.CreateLoad(B.getInt8Ty(), frame());
  Value *State = B.CreateAnd(First, B.getInt8(CORO_STATE_CANCEL - 1));
  B.CreateCondBr(B.CreateICmpEQ(State, B.getInt8(CORO_STATE_DONE)), Done,
                 gone());
  B.SetInsertPoint(Done);
  B.CreateRet(B.getInt32(CORO_DONE));
}

void CancelBuilder::build() {
  if (cancelsSilently(F))
    return buildSilent();
  findShields();
  cloneResumed();
  Again = block("coro.again");
  BranchInst::Create(Again, Entry);
  OnState = switchOnState(Again);
  if (IsRoot && !F.isVarArg())
    addCase(*OnState, CORO_STATE_BOUND, gone());
  if (IsRoot)
    buildDone(*OnState);
  suspendAgain();
  for (unsigned I = 0; I < C.Points.size(); ++I)
    addCases(*OnState, C.Points[I], Shielded[I] ? goOn() : leave(I));
  lowerStays();
  describeVariables(Part, frame(), Entry);
  finish(/*Cancelled=*/true);
}

void buildCancel(const Coroutine &C, bool IsRoot) {
  CancelBuilder(C, *cancelOf(C.F), IsRoot).build();
}

} // namespace coro
