//===-- StartCall.cpp - A call of f.start ---------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Transforms/StartCall.h"
#include "IR/Borrowed.h"
#include "IR/Outcome.h"
#include "IR/Parts.h"
#include "IR/Result.h"
#include "coro/abi.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/IR/Module.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/Local.h"

using namespace llvm;

namespace coro {

CallInst *asCall(CallBase *Call) {
  if (auto *Invoke = dyn_cast<InvokeInst>(Call))
    return changeToCall(Invoke);
  return cast<CallInst>(Call);
}

StartedCall callStart(IRBuilder<> &B, CallBase &Call, Value *Start,
                      Value *Frame, Value *Context) {
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
  CallInst *New = B.CreateCall(startType(Signature, hasOutcome(Call), Passed),
                               Start, Arguments);
  New->setAttributes(To);
  if (!Signature->isVarArg())
    lendContext(*New, 1);
  New->setDebugLoc(Call.getDebugLoc());
  if (New->getType()->isIntegerTy())
    return {New, New, nullptr};
  return {New, B.CreateExtractValue(New, 0), B.CreateExtractValue(New, 1),
          Known ? returnsSigned(*Known) : Call.hasRetAttr(Attribute::SExt)};
}

void keepResult(IRBuilder<> &B, const StartedCall &Start, Value *Frame,
                const ResultPlace &Place) {
  if (!Start.Result)
    return;
  BasicBlock *Here = B.GetInsertBlock();
  Function &F = *Here->getParent();
  BasicBlock *Keep =
      BasicBlock::Create(F.getContext(), "coro.keep", &F, Here->getNextNode());
  BasicBlock *After = BasicBlock::Create(F.getContext(), "coro.started", &F,
                                         Keep->getNextNode());
  B.CreateCondBr(B.CreateICmpEQ(Start.Status, B.getInt32(CORO_DONE)), Keep,
                 After);
  B.SetInsertPoint(Keep);
  storeResult(B, Start.Result, Start.Signed, Frame, Place);
  B.CreateBr(After);
  B.SetInsertPoint(After);
}

} // namespace coro
