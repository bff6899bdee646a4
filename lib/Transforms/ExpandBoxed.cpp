//===-- ExpandBoxed.cpp - Waiting calls in frames from allocators ---------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//             %frame = coro_box_enter(%cx, %descriptor)
//             *%ran = %frame != null
//             br %ran, run, after
// run:        the call as WaitLoop spells it out, in %frame
//             *%result = the result, where it is wanted and there is one
//             coro_box_release(%frame, %descriptor)
//             br after
// after:
//
// The descriptor says how large the frame is, so nothing of the callee need be
// known, and the caller may be the callee: all it keeps is %frame.
//
//===----------------------------------------------------------------------===//

#include "Transforms/ExpandBoxed.h"
#include "IR/Borrowed.h"
#include "IR/Markers.h"
#include "IR/Outcome.h"
#include "IR/Parts.h"
#include "Transforms/ExpandIndirect.h"
#include "Transforms/LowerGenerators.h"
#include "Transforms/StartCall.h"
#include "Transforms/WaitLoop.h"
#include "coro/abi.h"
#include "llvm/ADT/Statistic.h"
#include "llvm/IR/Module.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/Local.h"

#define DEBUG_TYPE "frame-expand"

using namespace llvm;

STATISTIC(NumBoxes, "Number of places that take a frame from an allocator");

namespace coro {

CallInst *takeFrame(IRBuilder<> &B, StringRef RuntimeFunction, Value *From,
                    Value *Descriptor) {
  Module &M = *B.GetInsertBlock()->getModule();
  Type *Ptr = B.getPtrTy();
  CallInst *Frame =
      B.CreateCall(M.getOrInsertFunction(RuntimeFunction, Ptr, Ptr, Ptr),
                   {From, Descriptor}, "box");
  Frame->setDoesNotThrow();
  ++NumBoxes;
  return Frame;
}

static void releaseFrame(IRBuilder<> &B, Value *Frame, Value *Descriptor) {
  Module &M = *B.GetInsertBlock()->getModule();
  Type *Ptr = B.getPtrTy();
  FunctionCallee Release =
      M.getOrInsertFunction("coro_box_release", B.getVoidTy(), Ptr, Ptr);
  B.CreateCall(Release, {Frame, Descriptor})->setDoesNotThrow();
}

/// Copies what the callee returned to where the source wants it, before the
/// instruction at B.
static void handOver(IRBuilder<> &B, Value *Result, Value *Frame,
                     const ResultPlace &Place) {
  if (!Place.Size || isa<ConstantPointerNull>(Result))
    return;
  Instruction *End = &*B.GetInsertPoint();
  if (!isa<AllocaInst>(Result->stripPointerCasts()))
    B.SetInsertPoint(SplitBlockAndInsertIfThen(B.CreateIsNotNull(Result),
                                               End->getIterator(),
                                               /*Unreachable=*/false));
  B.CreateMemCpy(
      Result, Align(Place.Align),
      B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), Frame, Place.Offset),
      Align(Place.Align), Place.Size);
  B.SetInsertPoint(End);
}

/// Call's users are behind the place where a call that ran and one that was
/// refused meet; the latter has done nothing, which is no reason to unwind.
static void mergeOutcome(CallInst &Call, FinishedCall Parts,
                         BasicBlock &Refused) {
  BasicBlock *Ran = Call.getParent();
  BasicBlock *Both = Ran->getSingleSuccessor();
  IRBuilder<> B(Both, Both->begin());
  auto merge = [&](Value *V, Value *WhereRefused) {
    PHINode *Merged = B.CreatePHI(V->getType(), 2);
    Merged->addIncoming(V, Ran);
    Merged->addIncoming(WhereRefused, &Refused);
    return Merged;
  };
  Parts.How =
      merge(Parts.How, outcomeConstant(Call.getContext(), Outcome::Done));
  if (Parts.Result)
    Parts.Result =
        merge(Parts.Result, PoisonValue::get(Parts.Result->getType()));
  replaceParts(Call, Parts);
}

void expandTryBox(CallBase &MarkerCall) {
  CallBase *Through = callThrough(MarkerCall);
  if (!Through)
    return eraseCall(&MarkerCall);
  CallInst *Call = asCall(Through);
  Value *Ran = MarkerCall.getArgOperand(0);
  Value *Result = MarkerCall.getArgOperand(1);
  Value *Descriptor = MarkerCall.getArgOperand(7);
  auto number = [&MarkerCall](unsigned Index) {
    return cast<ConstantInt>(MarkerCall.getArgOperand(Index))->getZExtValue();
  };
  ResultPlace Place = resultPlace(number(2), number(3));

  IRBuilder<> B(Call);
  CallInst *Frame = takeFrame(B, "coro_box_enter", contextHere(B), Descriptor);
  lendContext(*Frame, 0);
  Value *Given = B.CreateIsNotNull(Frame);
  BasicBlock *Refused = Call->getParent();
  B.CreateStore(B.CreateZExt(Given, B.getInt8Ty()), Ran);
  Instruction *Run = SplitBlockAndInsertIfThen(Given, Call->getIterator(),
                                               /*Unreachable=*/false);
  Call->moveBefore(*Run->getParent(), Run->getIterator());
  CalleeEnd End(Place, Descriptor);
  if (number(6))
    End.Error = resultPlace(number(5), number(6));
  Value *Status = insertRun(*Call, *Frame, End, number(4) != 0);
  B.SetInsertPoint(Call);
  if (hasOutcome(*Call))
    B.SetInsertPoint(SplitBlockAndInsertIfThen(
        B.CreateICmpEQ(Status, B.getInt32(CORO_DONE)), Call->getIterator(),
        /*Unreachable=*/false));
  handOver(B, Result, Frame, Place);
  if (hasOutcome(*Call))
    mergeOutcome(*Call, finishCall(*Call, Status, Frame, End), *Refused);
  B.SetInsertPoint(Call);
  releaseFrame(B, Frame, Descriptor);
  eraseCall(Call);
  eraseMarker(&MarkerCall, Descriptor);
}

} // namespace coro
