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
#include "IR/Parts.h"
#include "Support/Compat.h"
#include "coro/abi.h"
#include "llvm/IR/Module.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"

using namespace llvm;

namespace coro {

Value *ParkerDriver::begin(IRBuilder<> &B) const {
  Module *M = B.GetInsertBlock()->getModule();
  FunctionCallee Begin = M->getOrInsertFunction("coro_parker_begin",
                                                B.getPtrTy(), B.getPtrTy());
  return B.CreateCall(Begin, {Parker});
}

void ParkerDriver::wait(IRBuilder<> &B, Value *) const {
  Module *M = B.GetInsertBlock()->getModule();
  FunctionCallee Wait = M->getOrInsertFunction("coro_parker_wait",
                                               B.getVoidTy(), B.getPtrTy());
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

CallInst *callStart(IRBuilder<> &B, CallBase &Call, Function &F, Value *Frame,
                    Value *Context) {
  Function *Start = startOf(F);
  SmallVector<Value *, 8> Arguments = {Frame, Context};
  for (unsigned Index : passedParameters(F))
    Arguments.push_back(Call.getArgOperand(Index));
  unsigned FirstVariable = Arguments.size();
  for (unsigned I = F.arg_size(); I < Call.arg_size(); ++I)
    Arguments.push_back(Call.getArgOperand(I));
  CallInst *New = B.CreateCall(Start, Arguments);
  AttributeList Attributes = Start->getAttributes().removeFnAttributes(
      F.getContext());
  for (unsigned I = F.arg_size(); I < Call.arg_size(); ++I)
    Attributes = Attributes.addParamAttributes(
        F.getContext(), FirstVariable + I - F.arg_size(),
        AttrBuilder(F.getContext(), Call.getAttributes().getParamAttrs(I)));
  New->setAttributes(Attributes);
  New->setDebugLoc(Call.getDebugLoc());
  return New;
}

void takeResult(IRBuilder<> &B, CallBase &Call, Function &F, Value *Frame) {
  uint64_t Offset, Size, Align;
  resultPlace(F, Offset, Size, Align);
  if (!Size && Call.getType()->isVoidTy())
    return;
  Value *From = B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), Frame, Offset);
  for (const Argument &A : F.args())
    if (A.hasStructRetAttr()) {
      B.CreateMemCpy(Call.getArgOperand(A.getArgNo()),
                     Call.getParamAlign(A.getArgNo()), From, MaybeAlign(Align),
                     Size);
      return;
    }
  if (Call.use_empty())
    return;
  Type *Stored = memoryType(Call.getType(), F.getParent()->getDataLayout());
  Value *Result = B.CreateAlignedLoad(Stored, From, llvm::Align(Align));
  if (Stored != Call.getType())
    Result = B.CreateTrunc(Result, Call.getType());
  Call.replaceAllUsesWith(Result);
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
  Value *Status = callStart(B, Call, F, Frame, Cx);
  Value *Pending = B.CreateICmpEQ(Status, B.getInt32(CORO_PENDING));
  B.CreateCondBr(Pending, Again, After);

  B.SetInsertPoint(Again);
  Driver.wait(B, Cx);
  Status = B.CreateCall(pollOf(F), {Frame, Cx});
  Pending = B.CreateICmpEQ(Status, B.getInt32(CORO_PENDING));
  B.CreateCondBr(Pending, Again, After);

  B.SetInsertPoint(&Call);
  takeResult(B, Call, F, Frame);
  createLifetimeEnd(B, Frame);
  Call.eraseFromParent();
}

} // namespace coro
