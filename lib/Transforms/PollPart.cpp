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
// Where the function has direct waits, f.resume has what comes after each
// suspension, and the switch leads to the innermost frame: see PollTree.
//
//===----------------------------------------------------------------------===//

#include "Analysis/FrameLayout.h"
#include "IR/Borrowed.h"
#include "IR/Facts.h"
#include "IR/Outcome.h"
#include "IR/Parts.h"
#include "IR/Result.h"
#include "Support/Compat.h"
#include "Transforms/PartBuilder.h"
#include "Transforms/PollTree.h"
#include "Transforms/SplitDebug.h"
#include "coro/abi.h"
#include "llvm/IR/DebugInfoMetadata.h"

using namespace llvm;

namespace coro {

namespace {
class PollBuilder : ResumeBuilder {
  void buildOther(IRBuilder<> &B) override;
  BasicBlock *buildBound();
  Value *keepStarted(IRBuilder<> &B, CallInst &Call);
  SwitchInst *buildSwitch();

public:
  using ResumeBuilder::ResumeBuilder;
  void build();
  void buildTree(CoroutineLookup Lookup);
};
} // namespace

/// True where the part has a use that is not of this unit, or one of it.
static bool isNamed(const Function &F, StringRef Suffix) {
  if (!F.hasLocalLinkage())
    return true;
  const GlobalValue *Part =
      F.getParent()->getNamedValue((F.getName() + Suffix).str());
  return Part && !Part->use_empty();
}

bool hasTasks(const Function &F) {
  return isNamed(F, BindSuffix) || isNamed(F, DescriptorSuffix);
}

/// True where a task of F may find in its state that it is to be cancelled. Who
/// has the descriptor may ask for that, or have an executor do so.
static bool mayBeRequested(const Function &F) {
  return !neverWaits(F) && (isRequested(F) || isNamed(F, DescriptorSuffix));
}

/// It may say that the task is to be cancelled. The runtime looks. Where nobody
/// can ask for that, a frame that is a variable stays one of which all uses are
/// known.
void PollBuilder::buildOther(IRBuilder<> &B) {
  if (!mayBeRequested(F))
    return ResumeBuilder::buildOther(B);
  Type *Ptr = B.getPtrTy();
  FunctionCallee Requested = F.getParent()->getOrInsertFunction(
      "coro_poll_requested", B.getInt32Ty(), Ptr, Ptr, Ptr);
  borrowContext(*cast<Function>(Requested.getCallee()), 1);
  CallInst *Call = B.CreateCall(Requested, {frame(), context(), cancelOf(F)});
  Call->setDebugLoc(whereItBegins());
  B.CreateRet(Call);
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
  Call->setDebugLoc(whereItBegins());
  Value *Status = Call;
  if (!isGenerator(F))
    Status = keepStarted(B, *Call);
  else if (Call->getType()->isStructTy())
    Status = B.CreateExtractValue(Call, 0);
  B.CreateRet(Status);
  return Block;
}

/// What ended at once has left nothing in the frame; here that is a task's.
/// Gives the status.
Value *PollBuilder::keepStarted(IRBuilder<> &B, CallInst &Call) {
  bool HasResult = Call.getType()->isStructTy();
  Value *Status = HasResult ? B.CreateExtractValue(&Call, 0) : &Call;
  BasicBlock *Suspended = block("coro.suspended"), *Over = block("coro.over"),
             *Done = block("coro.keep"), *End = block("coro.end");
  B.CreateCondBr(B.CreateICmpEQ(Status, B.getInt32(CORO_PENDING)), Suspended,
                 Over);
  B.SetInsertPoint(Suspended);
  B.CreateRet(Status);
  B.SetInsertPoint(Over);
  B.CreateCondBr(B.CreateICmpEQ(Status, B.getInt32(CORO_DONE)), Done, End);
  B.SetInsertPoint(Done);
  if (HasResult)
    storeResult(B, B.CreateExtractValue(&Call, 1), returnsSigned(F), frame(),
                resultPlace(F));
  B.CreateBr(End);
  B.SetInsertPoint(End);
  storeState(B, CORO_STATE_DONE);
  return Status;
}

/// The states that are no suspension. Of a call that is waited for, somebody
/// who polls has started it, and it is not over.
SwitchInst *PollBuilder::buildSwitch() {
  SwitchInst *Switch = switchOnState(Entry);
  if (!IsRoot)
    return Switch;
  if (!F.isVarArg())
    addCase(*Switch, CORO_STATE_BOUND, buildBound());
  buildDone(*Switch);
  return Switch;
}

void PollBuilder::build() {
  cloneResumed();
  lowerSuspensions();
  SwitchInst *Switch = buildSwitch();
  for (const SuspendPoint &Point : C.Points)
    addCases(*Switch, Point,
             Point.childPoll() ? buildWait(Point, /*SaysWhere=*/false)
                               : copied(Point.Resume));
  describeVariables(Part, frame(), Entry);
  finish(/*Cancelled=*/false);
}

void PollBuilder::buildTree(CoroutineLookup Lookup) {
  beginWithoutCopy();
  PollTree(C, Part, IsRoot && !F.hasOptSize(), whereItBegins(), Lookup)
      .build(*buildSwitch());
}

void buildPoll(const Coroutine &C, bool IsRoot, CoroutineLookup Lookup) {
  PollBuilder Poll(C, *pollOf(C.F), IsRoot);
  if (C.hasDirectWaits())
    Poll.buildTree(Lookup);
  else
    Poll.build();
}

} // namespace coro
