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
#include "coro/abi.h"
#include "llvm/IR/Module.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"

using namespace llvm;

namespace coro {

Value *ParkerDriver::begin(IRBuilder<> &B) const {
  Module *M = B.GetInsertBlock()->getModule();
  FunctionCallee Begin =
      M->getOrInsertFunction("coro_parker_begin", B.getPtrTy(), B.getPtrTy());
  return B.CreateCall(Begin, {Parker});
}

void ParkerDriver::wait(IRBuilder<> &B, Value *) const {
  Module *M = B.GetInsertBlock()->getModule();
  FunctionCallee Wait =
      M->getOrInsertFunction("coro_parker_wait", B.getVoidTy(), B.getPtrTy());
  B.CreateCall(Wait, {Parker});
}

AllocaInst *childFrame(Function &Caller, Function &Callee) {
  IRBuilder<> B(&*Caller.getEntryBlock().begin());
  // No bytes yet: the callee may not have been laid out.
  AllocaInst *Frame = B.CreateAlloca(ArrayType::get(B.getInt8Ty(), 0), nullptr,
                                     Callee.getName() + ".frame");
  setChildFrame(*Frame, Callee);
  return Frame;
}

CallInst *callStart(IRBuilder<> &B, CallBase &Call, Value *Start, Value *Frame,
                    Value *Context) {
  FunctionType *Signature = Call.getFunctionType();
  AttributeList From = Call.getAttributes();
  const auto *Known = dyn_cast<Function>(Call.getCalledOperand());
  SmallVector<unsigned, 8> Passed =
      Known ? passedParameters(*Known) : passedParameters(*Signature, From);
  // Variable arguments follow, and are passed just as they were.
  unsigned FirstVariable = Passed.size();
  for (unsigned I = Signature->getNumParams(); I < Call.arg_size(); ++I)
    Passed.push_back(I);
  LLVMContext &C = Call.getContext();
  AttributeList To;
  SmallVector<Value *, 8> Arguments = {Frame};
  unsigned Leading = leadingParameters(*Signature);
  if (Signature->isVarArg()) {
    const DataLayout &DL = Call.getModule()->getDataLayout();
    B.CreateStore(Context,
                  B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), Frame,
                                               variadicContextOffset(DL)));
    To = To.addParamAttribute(C, 0, Attribute::Nest);
  } else {
    Arguments.push_back(Context);
  }
  for (auto [Position, Index] : enumerate(Passed)) {
    Arguments.push_back(Call.getArgOperand(Index));
    AttributeSet Set = From.getParamAttrs(Index);
    if (Position < FirstVariable)
      Set = passingAttributes(C, Set);
    To = To.addParamAttributes(C, Leading + Position, AttrBuilder(C, Set));
  }
  Passed.truncate(FirstVariable);
  CallInst *New = B.CreateCall(startType(Signature, Passed), Start, Arguments);
  New->setAttributes(To);
  New->setDebugLoc(Call.getDebugLoc());
  return New;
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
  Value *Started = callStart(B, Call, startOf(F), Frame, Cx);
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
    Last->addIncoming(Started, Before);
    Last->addIncoming(Polled, Again);
    Status = Last;
  }
  takeOver(Call, Status, Frame, CalleeEnd(F));
  B.SetInsertPoint(&Call);
  createLifetimeEnd(B, Frame);
  Call.eraseFromParent();
}

} // namespace coro
