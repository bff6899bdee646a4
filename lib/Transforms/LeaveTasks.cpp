//===-- LeaveTasks.cpp - Tasks whose scope ends before they do ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A part of effect-lower. A coro_for that is left in its middle cancels its
// generator, however it is left: the front end's cleanup of the loop's variable
// calls __coro_loop_end.
//
// A task that the function resumes itself (coro_any, coro_poll, coro_next) may
// be suspended while the function is, for another reason. If the function then
// unwinds, nobody else knows of the task:
//
//   %f = call ptr @__coro_task_enter(%frame, count, size)   the state is 0
//   store ptr %f, ptr %guard
//   ...
//   call void @__coro_task_leave(%guard)     in unwind code: cancel each
//
// On all other paths it is an error to leave it behind, see coro-linear, and
// nothing is to be done.
//
//===----------------------------------------------------------------------===//

#include "Transforms/LeaveTasks.h"
#include "Analysis/UnwindPaths.h"
#include "IR/Facts.h"
#include "IR/Markers.h"
#include "IR/Parts.h"
#include "Transforms/LandingPads.h"
#include "Transforms/LoopFlags.h"
#include "Transforms/LowerGenerators.h"
#include "Transforms/WaitForArms.h"
#include "coro/abi.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"

using namespace llvm;

namespace coro {

static constexpr const char *CancelNowKind = "coro.cancel.now";

static CallInst *cancelAtOnce(IRBuilder<> &B, Function &F, Value *Frame) {
  return B.CreateCall(cancelOf(F),
                      {Frame, F.getParent()->getOrInsertGlobal(
                                  "coro_context_idle_cancel", B.getInt8Ty())});
}

/// Where the task is cancelled, before At; waits where it does.
static void cancelHere(Instruction &At, Function &F, Value *Frame) {
  IRBuilder<> B(&At);
  Module &M = *F.getParent();
  if (isCoroutine(*At.getFunction()) && !neverWaits(F)) {
    FunctionCallee Cancel = declareMarker(
        M, Marker::Cancel,
        FunctionType::get(B.getInt32Ty(), {B.getInt32Ty()}, true));
    CallInst *Call = B.CreateCall(Cancel, {B.getInt32(0), Frame});
    waitForArms({Call, Marker::Cancel, {{Arm::Task, Frame, pollOf(F), &F}}});
    return;
  }
  // What never waits between its values does not wait at its end.
  cancelAtOnce(B, F, Frame);
}

void lowerCancelNow(CallBase &MarkerCall, Function &F) {
  IRBuilder<> B(&MarkerCall);
  CallInst *Call = cancelAtOnce(B, F, MarkerCall.getArgOperand(0));
  Call->setDebugLoc(MarkerCall.getDebugLoc());
  Call->setMetadata(CancelNowKind, MDNode::get(F.getContext(), {}));
  MarkerCall.replaceAllUsesWith(Call);
}

void lowerRequestCancel(CallBase &MarkerCall, Function &F) {
  IRBuilder<> B(&MarkerCall);
  Value *Frame = MarkerCall.getArgOperand(0);
  // There is nothing to come back for.
  if (neverWaits(F)) {
    cancelAtOnce(B, F, Frame);
    return;
  }
  setRequested(F);
  Value *First = B.CreateLoad(B.getInt8Ty(), Frame);
  B.CreateStore(B.CreateOr(First, B.getInt8(CORO_STATE_CANCEL)), Frame);
}

void checkCancelsNow(Module &M, const PassConfig &Config) {
  for (Function &Caller : M)
    for (Instruction &I : instructions(Caller)) {
      auto *Call = dyn_cast<CallBase>(&I);
      if (!Call || !Call->hasMetadata(CancelNowKind))
        continue;
      Call->setMetadata(CancelNowKind, nullptr);
      StringRef Name = Call->getCalledFunction()->getName();
      Name.consume_back(CancelSuffix);
      Function *F = M.getFunction(Name);
      if (!F || F->isDeclaration())
        Config.report(
            makeProblem(DiagID::CancelNowUnseen, Caller, Call, {Name.str()}),
            Caller);
      else if (!cancelsAtOnce(*F))
        Config.report(
            makeProblem(DiagID::CancelNowWaits, Caller, Call, {Name.str()}),
            Caller);
    }
}

void LoopFrames::add(CallBase &Begin, Function &F) {
  const DataLayout &DL = F.getParent()->getDataLayout();
  Value *More = Begin.getArgOperand(2);
  APInt Offset(DL.getIndexTypeSizeInBits(More->getType()), 0);
  Value *Variable = More->stripAndAccumulateConstantOffsets(
      DL, Offset, /*AllowNonInbounds=*/true);
  Loops[Variable] = {&F, Offset.getSExtValue()};
  noteLoopFlags(*Variable, Offset.getZExtValue());
}

void LoopFrames::lowerEnd(CallBase &End) {
  Value *Variable = End.getArgOperand(0)->stripPointerCasts();
  auto Found = Loops.find(Variable);
  if (Found != Loops.end()) {
    IRBuilder<> B(&End);
    Value *More = B.CreateLoad(
        B.getInt32Ty(), B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), Variable,
                                                     Found->second.MoreOffset));
    Instruction *Left =
        SplitBlockAndInsertIfThen(B.CreateIsNotNull(More), End.getIterator(),
                                  /*Unreachable=*/false);
    // The task is the variable's first member.
    cancelHere(*Left, *Found->second.F, Variable);
  }
  eraseCall(&End);
}

/// The elements of what a guard holds.
static void cancelAll(CallBase &Leave, CallBase &Enter, Function &F) {
  Value *Frame = Enter.getArgOperand(0)->stripPointerCasts();
  if (auto *Mark = dyn_cast<CallBase>(Frame); Mark && taskOfFrame(*Mark))
    Frame = Mark->getArgOperand(0);
  uint64_t Count = cast<ConstantInt>(Enter.getArgOperand(1))->getZExtValue();
  if (Count == 1)
    return cancelHere(Leave, F, Frame);
  BasicBlock *Before = Leave.getParent();
  BasicBlock *After = SplitBlock(Before, &Leave);
  BasicBlock *Body = BasicBlock::Create(F.getContext(), "coro.leave",
                                        Before->getParent(), After);
  IRBuilder<> B(&Before->getParent()->getEntryBlock(),
                Before->getParent()->getEntryBlock().begin());
  AllocaInst *Index = B.CreateAlloca(B.getInt64Ty(), nullptr, "coro.index");
  B.SetInsertPoint(Before->getTerminator());
  B.CreateStore(B.getInt64(Count), Index);
  Before->getTerminator()->setSuccessor(0, Body);
  B.SetInsertPoint(Body);
  B.SetCurrentDebugLocation(Leave.getDebugLoc());
  // As other things in a scope: the last one first.
  Value *Next = B.CreateSub(B.CreateLoad(B.getInt64Ty(), Index), B.getInt64(1));
  B.CreateStore(Next, Index);
  Value *Size = B.CreateZExtOrTrunc(Enter.getArgOperand(2), B.getInt64Ty());
  Value *Element =
      B.CreateInBoundsGEP(B.getInt8Ty(), Frame, B.CreateMul(Next, Size));
  Instruction *Last = B.CreateCondBr(
      B.CreateIsNull(B.CreateLoad(B.getInt64Ty(), Index)), After, Body);
  cancelHere(*Last->getPrevNode()->getPrevNode(), F, Element);
}

/// A task that was not started has a first byte of 0 until it is.
static void markUnstarted(CallBase &Enter, Value *Frame) {
  IRBuilder<> B(&Enter);
  uint64_t Count = cast<ConstantInt>(Enter.getArgOperand(1))->getZExtValue();
  uint64_t Size = cast<ConstantInt>(Enter.getArgOperand(2))->getZExtValue();
  for (uint64_t I = 0; I < Count; ++I)
    B.CreateStore(B.getInt8(CORO_STATE_UNSTARTED),
                  B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), Frame, I * Size));
}

void lowerTaskScopes(Module &M) {
  SmallPtrSet<Value *, 8> Guards;
  for (CallBase *Leave : callsOf(M, Marker::TaskLeave)) {
    StoreInst *Guard = guardStore(*Leave);
    auto *Enter =
        Guard
            ? dyn_cast<CallBase>(Guard->getValueOperand()->stripPointerCasts())
            : nullptr;
    Function *F = Enter ? taskOfFrame(*Enter->getArgOperand(0)) : nullptr;
    if (F && isUnwinding(*Leave, *Guard))
      cancelAll(*Leave, *Enter, *F);
    Guards.insert(Leave->getArgOperand(0)->stripPointerCasts());
    eraseCall(Leave);
  }
  for (Value *Guard : Guards)
    dropWrittenVariable(Guard);
  for (CallBase *Enter : callsOf(M, Marker::TaskEnter)) {
    Value *Frame = Enter->getArgOperand(0);
    if (taskOfFrame(*Frame))
      markUnstarted(*Enter, cast<CallBase>(Frame)->getArgOperand(0));
    eraseCall(Enter);
  }
}

} // namespace coro
