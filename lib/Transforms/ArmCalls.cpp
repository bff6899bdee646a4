//===-- ArmCalls.cpp - Polls and cancels of one arm -----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A task that somebody else cancels goes through the runtime, which makes the
// context say so meanwhile.
//
//===----------------------------------------------------------------------===//

#include "Transforms/ArmCalls.h"
#include "IR/Borrowed.h"
#include "IR/Parts.h"
#include "Support/Compat.h"
#include "Transforms/CalleeEnd.h"
#include "coro/abi.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace coro {

namespace {
/// What a coro_any_task points to.
struct Pair {
  Value *Frame, *Descriptor;
};
} // namespace

static Pair loadPair(IRBuilder<> &B, Value *Address) {
  Type *Ptr = B.getPtrTy();
  StructType *Type = StructType::get(B.getContext(), {Ptr, Ptr});
  Value *Descriptor = B.CreateLoad(Ptr, B.CreateStructGEP(Type, Address, 1));
  return {B.CreateLoad(Ptr, B.CreateStructGEP(Type, Address, 0)), Descriptor};
}

Value *pollArm(IRBuilder<> &B, const Arm &A, Value *Context) {
  Value *Frame = A.Frame, *Poll = A.Poll;
  if (A.Kind == Arm::AnyTask) {
    Pair Task = loadPair(B, A.Frame);
    Frame = Task.Frame;
    Poll = descriptorField(B, Task.Descriptor, DescriptorField::Poll);
  } else if (!Poll) {
    Poll = B.CreateLoad(B.getPtrTy(), Frame);
  }
  CallInst *Call =
      B.CreateCall(pollType(B.getContext()), Poll, {Frame, Context});
  lendContext(*Call, 1);
  return Call;
}

static Value *cancelBy(IRBuilder<> &B, Value *Cancel, Value *Frame,
                       Value *Context) {
  Type *Ptr = B.getPtrTy();
  FunctionCallee Runtime = B.GetInsertBlock()->getModule()->getOrInsertFunction(
      "coro_cancel_by", B.getInt32Ty(), Ptr, Ptr, Ptr);
  borrowContext(*cast<Function>(Runtime.getCallee()), 2);
  return B.CreateCall(Runtime, {Cancel, Frame, Context});
}

Value *cancelTask(IRBuilder<> &B, Function &F, Value *Frame, Value *Context) {
  return cancelBy(B, cancelOf(F), Frame, Context);
}

Value *cancelArm(IRBuilder<> &B, const Arm &A, Value *Context) {
  Module &M = *B.GetInsertBlock()->getModule();
  Type *Ptr = B.getPtrTy();
  switch (A.Kind) {
  case Arm::Task:
    return cancelTask(B, *A.F, A.Frame, Context);
  case Arm::AnyTask: {
    Pair Task = loadPair(B, A.Frame);
    return cancelBy(
        B, descriptorField(B, Task.Descriptor, DescriptorField::Cancel),
        Task.Frame, Context);
  }
  case Arm::Future: {
    CallInst *Call = B.CreateCall(
        M.getOrInsertFunction("coro_future_cancel", B.getInt32Ty(), Ptr, Ptr),
        {A.Frame, Context});
    lendContext(*Call, 1);
    return Call;
  }
  case Arm::Alarm:
    break;
  }
  return B.getInt32(CORO_CANCELLED);
}

} // namespace coro
