//===-- ResumeBuilder.cpp - A part that begins at a suspension ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What f.poll, f.resume and f.cancel have in common: they begin with a switch,
// and have no arguments of the C function's.
//
//===----------------------------------------------------------------------===//

#include "Transforms/PartBuilder.h"
#include "coro/abi.h"
#include "llvm/IR/DebugInfoMetadata.h"

using namespace llvm;

namespace coro {

/// Variables of this poll, and addresses in the frame, are for all states.
void ResumeBuilder::cloneResumed() {
  for (Argument &A : F.args())
    Map[&A] = PoisonValue::get(A.getType());
  clone(/*AtTop=*/false);
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

void ResumeBuilder::beginWithoutCopy() {
  Part.setLinkage(F.getLinkage());
  Part.setCallingConv(F.getCallingConv());
  Part.setComdat(F.getComdat());
  if (DISubprogram *Subprogram = F.getSubprogram()) {
    auto Own = Subprogram->clone();
    Own->replaceRetainedNodes(MDTuple::get(F.getContext(), {}));
    Part.setSubprogram(MDNode::replaceWithDistinct(std::move(Own)));
  }
  Entry = block("coro.entry");
}

SwitchInst *ResumeBuilder::switchOnState(BasicBlock *Block) {
  IRBuilder<> B(Block);
  BasicBlock *Invalid = block("coro.invalid");
  SwitchInst *Switch =
      B.CreateSwitch(States.load(B, frame()), Invalid, C.suspendStates() + 2);
  B.SetInsertPoint(Invalid);
  buildOther(B);
  return Switch;
}

/// No state of the function's.
void ResumeBuilder::buildOther(IRBuilder<> &B) {
  B.CreateIntrinsic(B.getVoidTy(), Intrinsic::trap, {});
  B.CreateUnreachable();
}

void ResumeBuilder::addCase(SwitchInst &Switch, unsigned State,
                            BasicBlock *To) {
  Switch.addCase(States.constant(State), To);
}

void ResumeBuilder::addCases(SwitchInst &Switch, const SuspendPoint &Point,
                             BasicBlock *To) {
  for (unsigned I = 0; I < Point.States; ++I)
    addCase(Switch, Point.State + I, To);
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

DebugLoc ResumeBuilder::whereItBegins() const {
  DISubprogram *Subprogram = Part.getSubprogram();
  if (!Subprogram)
    return DebugLoc();
  return DILocation::get(F.getContext(), Subprogram->getLine(), 0, Subprogram);
}

Value *ResumeBuilder::callChild(IRBuilder<> &B, const SuspendPoint &Point,
                                Function *ChildPart) {
  CallInst *Call = B.CreateCall(ChildPart, {child(Point), context()});
  Call->setDebugLoc(whereOf(Point));
  return Call;
}

/// The child is polled; where it is not over, neither is this.
BasicBlock *ResumeBuilder::buildWait(const SuspendPoint &Point,
                                     bool SaysWhere) {
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
  if (SaysWhere)
    storePoint(B, Point);
  returnSuspended(B, B.getInt32(CORO_PENDING));
  return Block;
}

} // namespace coro
