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
#include "IR/Markers.h"
#include "IR/Parts.h"
#include "IR/Result.h"
#include "Support/Compat.h"
#include "Transforms/BlockOn.h"
#include "Transforms/LowerGenerators.h"
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

static Value *field(IRBuilder<> &B, Value *Descriptor, DescriptorField Field) {
  StructType *Type = descriptorType(*B.GetInsertBlock()->getModule());
  unsigned Index = static_cast<unsigned>(Field);
  return B.CreateLoad(Type->getElementType(Index),
                      B.CreateStructGEP(Type, Descriptor, Index));
}

void insertRun(CallInst &Call, Value &Frame, Value *Descriptor,
               const ResultPlace &Place, bool Receives) {
  FunctionType *PollType =
      FunctionType::get(Type::getInt32Ty(Call.getContext()),
                        {Frame.getType(), Frame.getType()}, false);
  auto start = [&](IRBuilder<> &At) -> Value * {
    return callStart(At, Call, field(At, Descriptor, DescriptorField::Start),
                     &Frame, contextHere(At));
  };
  auto poll = [&](IRBuilder<> &At) -> Value * {
    return At.CreateCall(PollType, field(At, Descriptor, DescriptorField::Poll),
                         {&Frame, contextHere(At)});
  };
  insertWaitLoop(Call, Frame, {start, poll, Place, Receives});
}

static CallInst *asCall(CallBase *Call) {
  if (auto *Invoke = dyn_cast<InvokeInst>(Call))
    return changeToCall(Invoke);
  return cast<CallInst>(Call);
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
  Value *Size = field(B, Descriptor, DescriptorField::Size);
  trapUnless(
      B.CreateAnd(
          B.CreateICmpULE(Size, ConstantInt::get(Size->getType(), Bytes)),
          B.CreateICmpULE(field(B, Descriptor, DescriptorField::Align),
                          B.getInt32(CORO_CONTRACT_ALIGN))),
      B);
  createLifetimeStart(B, Frame);
  insertRun(*Call, *Frame, Descriptor, Place, number(4) != 0);
  B.SetInsertPoint(Call);
  takeResult(B, *Call, Frame, Place);
  createLifetimeEnd(B, Frame);
  Call->eraseFromParent();
  eraseMarker(&MarkerCall, Descriptor);
}

} // namespace coro
