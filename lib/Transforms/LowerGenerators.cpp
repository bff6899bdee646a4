//===-- LowerGenerators.cpp - Values out of frames and in -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Part of effect-lower. A generator is resumed by a plain call of its poll,
// with whatever context there is; one that waits between its values makes its
// consumer wait in a loop.
//
//===----------------------------------------------------------------------===//

#include "Transforms/LowerGenerators.h"
#include "IR/Facts.h"
#include "IR/Markers.h"
#include "IR/Parts.h"
#include "Transforms/BlockOn.h"
#include "Transforms/WaitLoop.h"
#include "coro/abi.h"
#include "llvm/ADT/Statistic.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/ReplaceConstant.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/Local.h"

#define DEBUG_TYPE "effect-lower"

using namespace llvm;

STATISTIC(NumDrivenGenerators, "Number of places that resume a generator");

namespace coro {

void eraseCall(CallBase *Call) {
  if (auto *Invoke = dyn_cast<InvokeInst>(Call))
    Call = changeToCall(Invoke);
  if (!Call->use_empty())
    Call->replaceAllUsesWith(PoisonValue::get(Call->getType()));
  Call->eraseFromParent();
}

/// -fsanitize=function looks for a signature in front of the code that a marker
/// claims to return. There is no code: the middle of a descriptor has none.
void eraseMarker(CallBase *MarkerCall, Value *Descriptor) {
  if (!MarkerCall->use_empty()) {
    IRBuilder<> B(MarkerCall);
    MarkerCall->replaceAllUsesWith(
        B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), Descriptor, 16));
  }
  eraseCall(MarkerCall);
}

/// In an ordinary function there is nobody to wake.
static Value *contextOfConsumer(IRBuilder<> &B) {
  Function &Consumer = *B.GetInsertBlock()->getParent();
  if (isCoroutine(Consumer))
    return contextHere(B);
  Module &M = *Consumer.getParent();
  return M.getOrInsertGlobal("coro_context_idle", B.getInt8Ty());
}

/// Status is what the last poll ended with, at B. Where the generator may wait
/// it is polled until it does not; 1 for a value, 0 for the end.
static Value *untilValue(IRBuilder<> &B, Value *Status, Value *Frame,
                         Function &F) {
  Function &Consumer = *B.GetInsertBlock()->getParent();
  if (isCoroutine(Consumer) && !neverWaits(F)) {
    BasicBlock *Before = B.GetInsertBlock();
    BasicBlock *After = SplitBlock(Before, B.GetInsertPoint());
    BasicBlock *Wait =
        BasicBlock::Create(F.getContext(), "coro.wait", &Consumer, After);
    DebugLoc Where = B.getCurrentDebugLocation();
    auto branch = [&](Value *Latest) {
      B.CreateCondBr(B.CreateICmpEQ(Latest, B.getInt32(CORO_PENDING)), Wait,
                     After);
    };
    Before->getTerminator()->eraseFromParent();
    B.SetInsertPoint(Before);
    branch(Status);
    B.SetInsertPoint(Wait);
    B.SetCurrentDebugLocation(Where);
    FunctionCallee Suspend =
        declareMarker(*F.getParent(), Marker::Suspend,
                      FunctionType::get(B.getVoidTy(), false));
    setCoroutine(*cast<Function>(Suspend.getCallee()));
    B.CreateCall(Suspend);
    Value *Polled = B.CreateCall(pollOf(F), {Frame, contextOfConsumer(B)});
    branch(Polled);
    B.SetInsertPoint(After, After->begin());
    B.SetCurrentDebugLocation(Where);
    PHINode *Last = B.CreatePHI(B.getInt32Ty(), 2, "status");
    Last->addIncoming(Status, Before);
    Last->addIncoming(Polled, Wait);
    Status = Last;
  }
  ++NumDrivenGenerators;
  // Without optimisation nobody would look at it, and take it away.
  setConsumer(Consumer, !Consumer.hasOptNone());
  return B.CreateZExt(B.CreateICmpEQ(Status, B.getInt32(CORO_YIELDED)),
                      B.getInt32Ty());
}

void lowerBegin(CallBase &MarkerCall, Function &F) {
  CallBase *Call = callThrough(MarkerCall);
  if (!Call || Call->getFunctionType() != F.getFunctionType())
    return;
  Value *Frame = MarkerCall.getArgOperand(0);
  Value *More = MarkerCall.getArgOperand(2);
  IRBuilder<> B(Call);
  Value *Status = callStart(B, *Call, startOf(F), Frame, contextOfConsumer(B));
  B.CreateStore(untilValue(B, Status, Frame, F), More);
  eraseCall(Call);
}

void lowerNext(CallBase &MarkerCall, Function &F) {
  Value *Frame = MarkerCall.getArgOperand(0);
  IRBuilder<> B(&MarkerCall);
  Value *Status = B.CreateCall(pollOf(F), {Frame, contextOfConsumer(B)});
  MarkerCall.replaceAllUsesWith(untilValue(B, Status, Frame, F));
}

/// The places of one variable in the functions that use it.
static void lowerVariable(GlobalVariable &Variable, Exchange What) {
  Constant *All[] = {&Variable};
  convertUsersOfConstantsToInstructions(All);
  for (Use &U : make_early_inc_range(Variable.uses())) {
    auto *I = cast<Instruction>(U.getUser());
    auto *Phi = dyn_cast<PHINode>(I);
    IRBuilder<> B(Phi ? Phi->getIncomingBlock(U)->getTerminator() : I);
    // That it has none was said by whoever looked the name up.
    U.set(exchangePlace(*I->getFunction(), What)
              ? exchangeAddress(B, What)
              : PoisonValue::get(Variable.getType()));
  }
  Variable.eraseFromParent();
}

void lowerExchange(Module &M) {
  for (GlobalVariable &Variable : make_early_inc_range(M.globals())) {
    auto [Name, Number] = Variable.getName().split('.');
    if (Name == ValueVariable)
      lowerVariable(Variable, Exchange::Value);
    else if (Name == ReceivedVariable)
      lowerVariable(Variable, Exchange::Received);
  }
}

} // namespace coro
