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
#include "Transforms/StartCall.h"
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

namespace {
/// Resumes a generator where MarkerCall stands.
class Resumption {
  CallBase &MarkerCall;
  Value *Frame;
  Function &F, &Consumer;
  IRBuilder<> B;
  /// Where the marker's own unwinding leads, or null.
  BasicBlock *Unwind;

  Value *untilOver(Value *Status);
  void suspend();
  void passErrorOn(Value *Status);
  CallBase *leaveBy(FunctionCallee Marked, ArrayRef<Value *> Arguments);

public:
  Resumption(CallBase &MarkerCall, Value *Frame, Function &F)
      : MarkerCall(MarkerCall), Frame(Frame), F(F),
        Consumer(*MarkerCall.getFunction()), B(&MarkerCall), Unwind(nullptr) {
    if (auto *Invoke = dyn_cast<InvokeInst>(&MarkerCall))
      Unwind = Invoke->getUnwindDest();
  }
  IRBuilder<> &builder() { return B; }
  /// Status is what the first resumption ended with: 1 for a value, 0 for the
  /// end.
  Value *isValue(Value *Status);
};
} // namespace

/// A call of the marker with the edge of MarkerCall, and B behind it.
CallBase *Resumption::leaveBy(FunctionCallee Marked,
                              ArrayRef<Value *> Arguments) {
  if (!Unwind)
    return B.CreateCall(Marked, Arguments);
  BasicBlock *From = B.GetInsertBlock();
  BasicBlock *On = BasicBlock::Create(F.getContext(), "", &Consumer);
  auto *Invoke = B.CreateInvoke(Marked, On, Unwind, Arguments);
  for (PHINode &Phi : Unwind->phis())
    Phi.addIncoming(Phi.getIncomingValueForBlock(MarkerCall.getParent()), From);
  B.SetInsertPoint(On);
  return Invoke;
}

void Resumption::suspend() {
  FunctionCallee Marked = declareMarker(
      *F.getParent(), Marker::Suspend, FunctionType::get(B.getVoidTy(), false));
  setCoroutine(*cast<Function>(Marked.getCallee()));
  leaveBy(Marked, {});
}

/// Where the generator may wait it is polled until it does not.
Value *Resumption::untilOver(Value *Status) {
  BasicBlock *Before = B.GetInsertBlock();
  BasicBlock *After = SplitBlock(Before, B.GetInsertPoint());
  BasicBlock *Wait =
      BasicBlock::Create(F.getContext(), "coro.wait", &Consumer, After);
  DebugLoc Where = MarkerCall.getDebugLoc();
  auto branch = [&](Value *Latest) {
    B.CreateCondBr(B.CreateICmpEQ(Latest, B.getInt32(CORO_PENDING)), Wait,
                   After);
    return B.GetInsertBlock();
  };
  Before->getTerminator()->eraseFromParent();
  B.SetInsertPoint(Before);
  B.SetCurrentDebugLocation(Where);
  branch(Status);
  B.SetInsertPoint(Wait);
  B.SetCurrentDebugLocation(Where);
  suspend();
  Value *Polled = B.CreateCall(pollOf(F), {Frame, contextOfConsumer(B)});
  BasicBlock *FromWait = branch(Polled);
  B.SetInsertPoint(After, After->begin());
  B.SetCurrentDebugLocation(Where);
  PHINode *Last = B.CreatePHI(B.getInt32Ty(), 2, "status");
  Last->addIncoming(Status, Before);
  Last->addIncoming(Polled, FromWait);
  return Last;
}

/// What the generator raises, the consumer raises.
void Resumption::passErrorOn(Value *Status) {
  ResultPlace Error = *exchangePlace(F, Exchange::Error);
  BasicBlock *Before = B.GetInsertBlock();
  BasicBlock *Rest = SplitBlock(Before, B.GetInsertPoint());
  BasicBlock *Raised =
      BasicBlock::Create(F.getContext(), "coro.raised", &Consumer, Rest);
  Before->getTerminator()->eraseFromParent();
  B.SetInsertPoint(Before);
  B.CreateCondBr(B.CreateICmpEQ(Status, B.getInt32(CORO_RAISED)), Raised, Rest);
  B.SetInsertPoint(Raised);
  Type *Int64 = B.getInt64Ty();
  FunctionCallee Reraise = declareMarker(
      *F.getParent(), Marker::Reraise,
      FunctionType::get(B.getVoidTy(), {B.getPtrTy(), Int64, Int64}, false));
  leaveBy(Reraise,
          {B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), Frame, Error.Offset),
           B.getInt64(Error.Size), B.getInt64(Error.Align)});
  B.CreateUnreachable();
  B.SetInsertPoint(Rest, Rest->begin());
}

Value *Resumption::isValue(Value *Status) {
  if (isCoroutine(Consumer) && !neverWaits(F))
    Status = untilOver(Status);
  if (raises(F))
    passErrorOn(Status);
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
  Resumption Begin(*Call, Frame, F);
  IRBuilder<> &B = Begin.builder();
  // From here on there is something to cancel.
  B.CreateStore(B.getInt32(1), More);
  Value *Status =
      callStart(B, *Call, startOf(F), Frame, contextOfConsumer(B)).Status;
  B.CreateStore(Begin.isValue(Status), More);
  eraseCall(Call);
}

void lowerNext(CallBase &MarkerCall, Function &F) {
  Value *Frame = MarkerCall.getArgOperand(0);
  Resumption Next(MarkerCall, Frame, F);
  IRBuilder<> &B = Next.builder();
  Value *Status = B.CreateCall(pollOf(F), {Frame, contextOfConsumer(B)});
  MarkerCall.replaceAllUsesWith(Next.isValue(Status));
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
