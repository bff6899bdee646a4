//===-- PollPart.cpp - f.poll ---------------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//   switch i8 %state, label %invalid [ 1: bound, 2: done, 3: resume.0, ... ]
//
// An index outside of that traps. A bound frame (coro_start) has its arguments
// loaded and handed to f.start. A wait polls the child first, and where that is
// not over, returns at once: the frame is as it was.
//
//===----------------------------------------------------------------------===//

#include "Analysis/FrameLayout.h"
#include "IR/Facts.h"
#include "IR/Parts.h"
#include "Transforms/PartBuilder.h"
#include "Transforms/SplitDebug.h"
#include "coro/abi.h"
#include "llvm/IR/DebugInfoMetadata.h"

using namespace llvm;

namespace coro {

namespace {
class PollBuilder : ResumeBuilder {
  void buildOther(IRBuilder<> &B) override;
  BasicBlock *buildBound();
  BasicBlock *buildWait(const SuspendPoint &Point);

public:
  using ResumeBuilder::ResumeBuilder;
  void build();
};
} // namespace

/// Variables of this poll, and addresses in the frame, are for all states.
void ResumeBuilder::cloneResumed() {
  for (Argument &A : F.args())
    Map[&A] = PoisonValue::get(A.getType());
  clone();
  replaceParameters();
  BasicBlock *Top = copied(&F.getEntryBlock());
  SmallVector<Instruction *, 16> Moved;
  for (Instruction &I : *Top) {
    const auto *A = dyn_cast<AllocaInst>(&I);
    const auto *Address = dyn_cast<GetElementPtrInst>(&I);
    const auto *Cast = dyn_cast<AddrSpaceCastInst>(&I);
    if ((A && A->isStaticAlloca()) ||
        (Address && Address->getPointerOperand() == frame() &&
         Address->hasAllConstantIndices()) ||
        (Cast && is_contained(Moved, Cast->getOperand(0))))
      Moved.push_back(&I);
  }
  Entry = BasicBlock::Create(F.getContext(), "coro.entry", &Part, Top);
  for (Instruction *I : Moved)
    I->moveBefore(*Entry, Entry->end());
}

SwitchInst *ResumeBuilder::switchOnState(BasicBlock *Block) {
  IRBuilder<> B(Block);
  BasicBlock *Invalid = block("coro.invalid");
  Value *State = B.CreateLoad(StateType, frame(), "state");
  SwitchInst *Switch = B.CreateSwitch(State, Invalid, C.Points.size() + 2);
  B.SetInsertPoint(Invalid);
  buildOther(B);
  return Switch;
}

/// No state of the function's.
void ResumeBuilder::buildOther(IRBuilder<> &B) {
  B.CreateIntrinsic(B.getVoidTy(), Intrinsic::trap, {});
  B.CreateUnreachable();
}

/// True where somebody can ask for a task of F to be cancelled: a frame inside
/// of another one is its owner's alone.
static bool isTask(Function &F) {
  if (neverWaits(F))
    return false;
  if (!F.hasLocalLinkage())
    return true;
  Module &M = *F.getParent();
  for (StringRef Suffix : {BindSuffix, DescriptorSuffix})
    if (GlobalValue *Part = M.getNamedValue((F.getName() + Suffix).str());
        Part && !Part->use_empty())
      return true;
  return false;
}

/// It may be one, and that the task is to be cancelled. The runtime looks.
void PollBuilder::buildOther(IRBuilder<> &B) {
  if (!isTask(F))
    return ResumeBuilder::buildOther(B);
  Type *Ptr = B.getPtrTy();
  FunctionCallee Requested = F.getParent()->getOrInsertFunction(
      "coro_poll_requested", B.getInt32Ty(), Ptr, Ptr, Ptr);
  CallInst *Call = B.CreateCall(Requested, {frame(), context(), cancelOf(F)});
  if (DISubprogram *Subprogram = Part.getSubprogram())
    Call->setDebugLoc(
        DILocation::get(F.getContext(), Subprogram->getLine(), 0, Subprogram));
  B.CreateRet(Call);
}

void ResumeBuilder::addCase(SwitchInst &Switch, unsigned State,
                            BasicBlock *To) {
  Switch.addCase(C.state(State), To);
}

/// A task that is over says so again.
void ResumeBuilder::buildDone(SwitchInst &Switch) {
  BasicBlock *Done = block("coro.done");
  IRBuilder<> B(Done);
  B.CreateRet(B.getInt32(CORO_DONE));
  addCase(Switch, CORO_STATE_DONE, Done);
}

/// The copied marker is gone by now, and its place kept by what ends the block.
DebugLoc ResumeBuilder::whereOf(const SuspendPoint &Point) const {
  return copied(Point.Suspend)->getTerminator()->getDebugLoc();
}

Value *ResumeBuilder::callChild(IRBuilder<> &B, const SuspendPoint &Point,
                                Function *ChildPart) {
  // The child's address was taken at the top, which has moved.
  Value *Child = Map.lookup(Point.child());
  CallInst *Call = B.CreateCall(ChildPart, {Child, context()});
  Call->setDebugLoc(whereOf(Point));
  return Call;
}

/// The child is polled; where it is not over, neither is this.
BasicBlock *PollBuilder::buildWait(const SuspendPoint &Point) {
  BasicBlock *Block = block("coro.poll");
  BasicBlock *Pending = block("coro.pending");
  BasicBlock *Resume = copied(Point.Resume);
  IRBuilder<> B(Block);
  Value *Status = callChild(B, Point, Point.childPoll());
  B.SetCurrentDebugLocation(whereOf(Point));
  if (Point.resumeMarker(Marker::Status) &&
      Point.childEnds() != ChildEnds::Plainly) {
    setStatus(Point, Status);
    B.CreateCondBr(B.CreateICmpEQ(Status, B.getInt32(CORO_PENDING)), Pending,
                   Resume);
  } else {
    setStatus(Point, B.getInt32(CORO_DONE));
    B.CreateCondBr(B.CreateICmpEQ(Status, B.getInt32(CORO_DONE)), Resume,
                   Pending);
  }
  B.SetInsertPoint(Pending);
  B.CreateRet(B.getInt32(CORO_PENDING));
  return Block;
}

/// coro_start has stored the arguments: what a call would have passed.
BasicBlock *PollBuilder::buildBound() {
  BasicBlock *Block = block("coro.bound");
  IRBuilder<> B(Block);
  Function *Start = startOf(F);
  SmallVector<Value *, 8> Arguments = {frame(), context()};
  BoundArguments Bound(C);
  for (const BoundArgument &A : Bound.Arguments) {
    Value *From =
        B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), frame(), A.Offset);
    Argument &Parameter = *F.getArg(A.Parameter);
    if (Parameter.hasByValAttr()) {
      // Off the frame, which f.start is about to write.
      IRBuilder<> Top(Entry, Entry->begin());
      AllocaInst *Copy = Top.CreateAlloca(Parameter.getParamByValType());
      Copy->setAlignment(Align(A.Align));
      B.CreateMemCpy(Copy, Align(A.Align), From, Align(A.Align), A.Size);
      Arguments.push_back(Copy);
    } else {
      Arguments.push_back(
          B.CreateAlignedLoad(Parameter.getType(), From, Align(A.Align)));
    }
  }
  CallInst *Call = B.CreateCall(Start, Arguments);
  Call->setAttributes(
      Start->getAttributes().removeFnAttributes(F.getContext()));
  if (DISubprogram *Subprogram = Part.getSubprogram())
    Call->setDebugLoc(
        DILocation::get(F.getContext(), Subprogram->getLine(), 0, Subprogram));
  B.CreateRet(Call);
  return Block;
}

void PollBuilder::build() {
  cloneResumed();
  lowerSuspensions();
  SwitchInst *Switch = switchOnState(Entry);
  if (!F.isVarArg())
    addCase(*Switch, CORO_STATE_BOUND, buildBound());
  buildDone(*Switch);
  for (unsigned I = 0; I < C.Points.size(); ++I) {
    const SuspendPoint &Point = C.Points[I];
    addCase(*Switch, CORO_STATE_FIRST + I,
            Point.childPoll() ? buildWait(Point) : copied(Point.Resume));
  }
  describeVariables(Part, frame(), Entry);
  finish(/*Cancelled=*/false);
}

void buildPoll(const Coroutine &C) { PollBuilder(C, *pollOf(C.F)).build(); }

} // namespace coro
