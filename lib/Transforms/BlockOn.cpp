//===-- BlockOn.cpp - Run a coroutine to its end in place -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a call of a coroutine is made of, for callers that suspend
// (ExpandCalls) and for those that wait in a loop:
//
//   frame = alloca; cx = begin();
//   status = f.start(frame, cx, arguments...)
//   while (status == PENDING) { wait(cx); status = f.poll(frame, cx); }
//   result = load from frame
//
//===----------------------------------------------------------------------===//

#include "Transforms/BlockOn.h"
#include "IR/Facts.h"
#include "IR/Outcome.h"
#include "IR/Parts.h"
#include "Support/Compat.h"
#include "Transforms/CalleeEnd.h"
#include "Transforms/StartCall.h"
#include "coro/abi.h"
#include "llvm/IR/Module.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"

using namespace llvm;

namespace coro {

ParkerDriver::ParkerDriver(const CallBase &Marker)
    : Parker(Marker.getArgOperand(0)), Context(Marker.getArgOperand(2)),
      Begin(Marker.getArgOperand(3)), Wait(Marker.getArgOperand(4)) {}

static void callWithBoth(IRBuilder<> &B, Value *Callee, Value *Parker,
                         Value *Context) {
  Type *Ptr = B.getPtrTy();
  B.CreateCall(FunctionType::get(B.getVoidTy(), {Ptr, Ptr}, false), Callee,
               {Parker, Context});
}

Value *ParkerDriver::begin(IRBuilder<> &B) const {
  callWithBoth(B, Begin, Parker, Context);
  return Context;
}

void ParkerDriver::wait(IRBuilder<> &B, Value *) const {
  callWithBoth(B, Wait, Parker, Context);
}

AllocaInst *childFrame(Function &Caller, Function &Callee) {
  IRBuilder<> B(&*Caller.getEntryBlock().begin());
  // No bytes yet: the callee may not have been laid out.
  AllocaInst *Frame = B.CreateAlloca(ArrayType::get(B.getInt8Ty(), 0), nullptr,
                                     Callee.getName() + ".frame");
  setChildFrame(*Frame, Callee);
  return Frame;
}

void blockOn(CallInst &Call, Function &F, const BlockDriver &Driver) {
  Function &Caller = *Call.getFunction();
  AllocaInst *Frame = childFrame(Caller, F);
  BasicBlock *Before = Call.getParent();
  BasicBlock *After = SplitBlock(Before, &Call);
  LLVMContext &Context = F.getContext();
  BasicBlock *Again = BasicBlock::Create(Context, "coro.again", &Caller, After);

  Before->getTerminator()->eraseFromParent();
  IRBuilder<> B(Before);
  B.SetCurrentDebugLocation(Call.getDebugLoc());
  createLifetimeStart(B, Frame);
  Value *Cx = Driver.begin(B);
  StartedCall Start = callStart(B, Call, startOf(F), Frame, Cx);
  CalleeEnd End(F);
  keepResult(B, Start, Frame, End.Result);
  Value *Started = Start.Status;
  BasicBlock *FromStart = B.GetInsertBlock();
  auto isPending = [&B](Value *Status) {
    return B.CreateICmpEQ(Status, B.getInt32(CORO_PENDING));
  };
  B.CreateCondBr(isPending(Started), Again, After);

  B.SetInsertPoint(Again);
  Driver.wait(B, Cx);
  Value *Polled = B.CreateCall(pollOf(F), {Frame, Cx});
  B.CreateCondBr(isPending(Polled), Again, After);

  B.SetInsertPoint(&Call);
  Value *Status = Started;
  if (hasOutcome(Call)) {
    PHINode *Last = B.CreatePHI(B.getInt32Ty(), 2, "status");
    Last->addIncoming(Started, FromStart);
    Last->addIncoming(Polled, Again);
    Status = Last;
  }
  takeOver(Call, Status, Frame, End);
  B.SetInsertPoint(&Call);
  createLifetimeEnd(B, Frame);
  Call.eraseFromParent();
}

} // namespace coro
