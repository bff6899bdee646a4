//===-- BindTask.cpp - Tasks and their arguments --------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Part of effect-lower. The call that the source writes is checked as a call by
// the front end, and becomes one of f.bind. coro_new takes the frame at that
// call, so that the arguments are evaluated whether or not there is one.
//
//===----------------------------------------------------------------------===//

#include "Transforms/BindTask.h"
#include "IR/Markers.h"
#include "IR/Parts.h"
#include "Transforms/BlockOn.h"
#include "Transforms/ExpandBoxed.h"
#include "Transforms/LowerGenerators.h"
#include "llvm/ADT/Statistic.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/Local.h"

#define DEBUG_TYPE "effect-lower"

using namespace llvm;

STATISTIC(NumTasksBound, "Number of tasks bound");

namespace coro {

Function *functionOperand(Value *V) {
  return dyn_cast<Function>(V->stripPointerCasts());
}

/// Whether F can be a task with Call's arguments.
static bool isBindable(const CallBase &Call, Function &F,
                       const PassConfig &Config) {
  if (!F.isVarArg() && Call.getFunctionType() == F.getFunctionType())
    return true;
  DiagID ID = F.isVarArg() ? DiagID::VariadicTask : DiagID::TooFewArguments;
  Config.report(
      makeProblem(ID, *Call.getFunction(), &Call, {F.getName().str()}), F);
  return false;
}

static void bindArguments(IRBuilder<> &B, const CallBase &Call, Function &F,
                          Value *Frame) {
  SmallVector<Value *, 8> Arguments = {Frame};
  for (unsigned Index : passedParameters(F))
    Arguments.push_back(Call.getArgOperand(Index));
  B.CreateCall(bindOf(F), Arguments);
  ++NumTasksBound;
}

void lowerBind(CallBase &MarkerCall, const PassConfig &Config) {
  Function *F = functionOperand(MarkerCall.getArgOperand(1));
  CallBase *Call = callThrough(MarkerCall);
  if (!Call || !F)
    return eraseCall(&MarkerCall);
  if (isBindable(*Call, *F, Config)) {
    IRBuilder<> B(Call);
    bindArguments(B, *Call, *F, MarkerCall.getArgOperand(0));
  }
  eraseCall(Call);
  eraseMarker(&MarkerCall, descriptorOf(*F));
}

void lowerNew(CallBase &MarkerCall, const PassConfig &Config) {
  Function *F = functionOperand(MarkerCall.getArgOperand(2));
  CallBase *Call = callThrough(MarkerCall);
  if (!Call || !F)
    return eraseCall(&MarkerCall);
  if (isBindable(*Call, *F, Config)) {
    IRBuilder<> B(Call);
    Value *Frame = takeFrame(B, "coro_box_take", MarkerCall.getArgOperand(1),
                             descriptorOf(*F));
    B.CreateStore(Frame, MarkerCall.getArgOperand(0));
    B.SetInsertPoint(SplitBlockAndInsertIfThen(B.CreateIsNotNull(Frame),
                                               Call->getIterator(),
                                               /*Unreachable=*/false));
    bindArguments(B, *Call, *F, Frame);
  }
  eraseCall(Call);
  eraseMarker(&MarkerCall, descriptorOf(*F));
}

void checkBlockOn(CallBase &MarkerCall, const PassConfig &Config) {
  Function *F = functionOperand(MarkerCall.getArgOperand(1));
  CallBase *Call = callThrough(MarkerCall);
  if (!Call || !F)
    return eraseCall(&MarkerCall);
  if (Call->getFunctionType() == F->getFunctionType())
    return;
  Config.report(makeProblem(DiagID::TooFewArguments, *Call->getFunction(), Call,
                            {F->getName().str()}),
                *F);
  eraseCall(Call);
  eraseMarker(&MarkerCall, descriptorOf(*F));
}

void lowerBlockOn(CallBase &MarkerCall) {
  Function *F = functionOperand(MarkerCall.getArgOperand(1));
  CallBase *Call = callThrough(MarkerCall);
  if (auto *Invoke = dyn_cast<InvokeInst>(Call))
    Call = changeToCall(Invoke);
  blockOn(*cast<CallInst>(Call), *F, ParkerDriver(MarkerCall));
  eraseMarker(&MarkerCall, descriptorOf(*F));
}

} // namespace coro
