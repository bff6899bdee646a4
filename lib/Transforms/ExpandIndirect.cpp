//===-- ExpandIndirect.cpp - Waiting calls through pointers ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The descriptor that the pointer points to has the functions, the pointer's
// declaration the size of the frame. That a callee fits is checked here, where
// it is cheap, and not only where the pointer was made.
//
//===----------------------------------------------------------------------===//

#include "Transforms/ExpandIndirect.h"
#include "IR/Borrowed.h"
#include "IR/Markers.h"
#include "IR/Parts.h"
#include "Support/Compat.h"
#include "Transforms/BlockOn.h"
#include "Transforms/LowerGenerators.h"
#include "Transforms/StartCall.h"
#include "Transforms/WaitLoop.h"
#include "coro/abi.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/Local.h"

using namespace llvm;

namespace coro {

static void trapUnless(Value *Good, IRBuilder<> &B) {
  Function &F = *B.GetInsertBlock()->getParent();
  BasicBlock *Next = SplitBlock(B.GetInsertBlock(), B.GetInsertPoint());
  BasicBlock *Bad = BasicBlock::Create(F.getContext(), "coro.misfit", &F, Next);
  BasicBlock *Before = Next->getSinglePredecessor();
  Before->getTerminator()->eraseFromParent();
  B.SetInsertPoint(Before);
  B.CreateCondBr(Good, Next, Bad);
  B.SetInsertPoint(Bad);
  B.CreateIntrinsic(B.getVoidTy(), Intrinsic::trap, {});
  B.CreateUnreachable();
  B.SetInsertPoint(Next, Next->begin());
}

Value *insertRun(CallInst &Call, Value &Frame, const CalleeEnd &End,
                 bool Receives) {
  Value *Descriptor = End.Descriptor;
  Module &M = *Call.getModule();
  auto start = [&](IRBuilder<> &At) -> Value * {
    StartedCall Start = callStart(
        At, Call, descriptorField(At, Descriptor, DescriptorField::Start),
        &Frame, contextHere(At));
    keepResult(At, Start, &Frame, End.Result);
    return Start.Status;
  };
  auto poll = [&](IRBuilder<> &At) -> Value * {
    CallInst *Poll =
        At.CreateCall(pollType(At.getContext()),
                      descriptorField(At, Descriptor, DescriptorField::Poll),
                      {&Frame, contextHere(At)});
    lendContext(*Poll, 1);
    return Poll;
  };
  auto cancel = [&](IRBuilder<> &At) -> Value * {
    Type *Ptr = At.getPtrTy();
    FunctionCallee Cancel =
        M.getOrInsertFunction("coro_cancel_by", At.getInt32Ty(), Ptr, Ptr, Ptr);
    CallInst *Call = At.CreateCall(
        Cancel, {descriptorField(At, Descriptor, DescriptorField::Cancel),
                 &Frame, contextHere(At)});
    lendContext(*Call, 2);
    return Call;
  };
  return insertWaitLoop(Call, Frame, {start, poll, cancel, End, Receives});
}

void expandIndirect(CallBase &MarkerCall) {
  CallBase *Through = callThrough(MarkerCall);
  if (!Through) {
    MarkerCall.eraseFromParent();
    return;
  }
  CallInst *Call = asCall(Through);
  Function &F = *Call->getFunction();
  Value *Descriptor = MarkerCall.getArgOperand(0);
  auto number = [&MarkerCall](unsigned Index) {
    return cast<ConstantInt>(MarkerCall.getArgOperand(Index))->getZExtValue();
  };
  uint64_t Bytes = alignTo(number(1), CORO_CONTRACT_ALIGN);
  ResultPlace Place = resultPlace(number(2), number(3));

  IRBuilder<> B(&*F.getEntryBlock().begin());
  AllocaInst *Frame =
      B.CreateAlloca(ArrayType::get(B.getInt8Ty(), Bytes), nullptr, "callee");
  Frame->setAlignment(Align(CORO_CONTRACT_ALIGN));

  B.SetInsertPoint(Call);
  Value *Size = descriptorField(B, Descriptor, DescriptorField::Size);
  trapUnless(
      B.CreateAnd(
          B.CreateICmpULE(Size, ConstantInt::get(Size->getType(), Bytes)),
          B.CreateICmpULE(
              descriptorField(B, Descriptor, DescriptorField::Align),
              B.getInt32(CORO_CONTRACT_ALIGN))),
      B);
  createLifetimeStart(B, Frame);
  CalleeEnd End(Place, Descriptor);
  if (number(6))
    End.Error = resultPlace(number(5), number(6));
  Value *Status = insertRun(*Call, *Frame, End, number(4) != 0);
  takeOver(*Call, Status, Frame, End);
  B.SetInsertPoint(Call);
  createLifetimeEnd(B, Frame);
  Call->eraseFromParent();
  eraseMarker(&MarkerCall, Descriptor);
}

} // namespace coro
