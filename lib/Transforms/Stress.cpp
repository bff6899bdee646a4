//===-- Stress.cpp - effect-stress: any C program is a test ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Makes a coroutine of every function of the unit that can be one, with a
// suspension before each call and at the head of each loop, unless the runtime
// says "not this time". The program must then do what it did before. main keeps
// its name and drives its former body.
//
//   main(): frame = coro_stress_enter(&main.body.coro)
//           main.body.bind(frame, arguments...)
//           coro_stress_run(frame, &main.body.coro)      polls it to its end
//           result = load from frame
//           coro_stress_leave(frame, &main.body.coro)
//
// An ordinary function calls a coroutine in the same way; so does a coroutine
// that calls back into a cycle it is on, whose frame cannot contain the
// callee's. What stays ordinary: functions whose address is taken (their
// callers do not know what they call), variadic ones, and those with something
// that the language forbids in a coroutine.
//
// coro_stress_* are in the runtime, which makes the polls as hostile as its
// environment asks: see runtime/debug/stress.c.
//
//===----------------------------------------------------------------------===//

#include "Analysis/FusePolicy.h"
#include "IR/Facts.h"
#include "IR/Markers.h"
#include "IR/Parts.h"
#include "IR/Result.h"
#include "Transforms/BlockOn.h"
#include "Transforms/Passes.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SCCIterator.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/Statistic.h"
#include "llvm/Analysis/CallGraph.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/Local.h"

#define DEBUG_TYPE "effect-stress"

using namespace llvm;

STATISTIC(NumStressed, "Number of functions made coroutines");
STATISTIC(NumDriven, "Number of calls that poll their callee to its end");

namespace coro {

static bool hasAddressTaken(const Function &F) {
  return any_of(F.uses(), [](const Use &U) {
    const auto *Call = dyn_cast<CallBase>(U.getUser());
    return !Call || !Call->isCallee(&U) ||
           Call->getFunctionType() !=
               Call->getCalledFunction()->getFunctionType();
  });
}

/// What a coroutine may not contain, or not across a suspension.
static bool forbidsSuspension(const Instruction &I) {
  if (const auto *A = dyn_cast<AllocaInst>(&I))
    return !A->isStaticAlloca();
  const auto *Call = dyn_cast<CallBase>(&I);
  if (!Call)
    return false;
  if (Call->hasFnAttr(Attribute::ReturnsTwice) || Call->isMustTailCall() ||
      isa<CallBrInst>(Call))
    return true;
  const auto *Intrinsic = dyn_cast<IntrinsicInst>(Call);
  return Intrinsic && Intrinsic->getIntrinsicID() == Intrinsic::vastart;
}

static bool canYield(const Function &F) {
  if (!isFinalDefinition(F) || F.isVarArg() || isCoroutine(F) || raises(F) ||
      F.hasFnAttribute(Attribute::Naked) || hasAddressTaken(F))
    return false;
  return none_of(instructions(F), forbidsSuspension);
}

/// main's body under another name; main itself then calls that.
static void separateMain(Module &M) {
  Function *Body = M.getFunction("main");
  if (!Body || Body->isDeclaration() || hasAddressTaken(*Body))
    return;
  Body->setName("main.body");
  Function *Main = Function::Create(Body->getFunctionType(),
                                    GlobalValue::ExternalLinkage, "main", &M);
  Main->copyAttributesFrom(Body);
  Main->setPersonalityFn(nullptr);
  Body->setLinkage(GlobalValue::InternalLinkage);
  IRBuilder<> B(BasicBlock::Create(M.getContext(), "entry", Main));
  SmallVector<Value *, 3> Arguments;
  for (Argument &A : Main->args())
    Arguments.push_back(&A);
  CallInst *Call = B.CreateCall(Body, Arguments);
  if (Call->getType()->isVoidTy())
    B.CreateRetVoid();
  else
    B.CreateRet(Call);
}

/// Which cycle of calls a function is on; functions on none have a number of
/// their own.
static DenseMap<const Function *, unsigned> cyclesOf(Module &M) {
  DenseMap<const Function *, unsigned> Cycle;
  CallGraph Graph(M);
  unsigned Number = 0;
  for (auto It = scc_begin(&Graph); !It.isAtEnd(); ++It, ++Number)
    for (CallGraphNode *Node : *It)
      if (Node->getFunction())
        Cycle[Node->getFunction()] = Number;
  return Cycle;
}

static void drive(CallBase *Call, Function &F) {
  Module &M = *F.getParent();
  if (auto *Invoke = dyn_cast<InvokeInst>(Call))
    Call = changeToCall(Invoke);
  IRBuilder<> B(Call);
  Value *Descriptor = descriptorOf(F);
  Type *Ptr = B.getPtrTy();
  Value *Frame = B.CreateCall(
      M.getOrInsertFunction("coro_stress_enter", Ptr, Ptr), {Descriptor});
  SmallVector<Value *, 8> Arguments = {Frame};
  for (unsigned Index : passedParameters(F))
    Arguments.push_back(Call->getArgOperand(Index));
  B.CreateCall(bindOf(F), Arguments);
  B.CreateCall(
      M.getOrInsertFunction("coro_stress_run", B.getVoidTy(), Ptr, Ptr),
      {Frame, Descriptor});
  takeResult(B, *Call, Frame, resultPlace(F));
  B.CreateCall(
      M.getOrInsertFunction("coro_stress_leave", B.getVoidTy(), Ptr, Ptr),
      {Frame, Descriptor});
  Call->eraseFromParent();
  ++NumDriven;
}

/// Written is what yields in the program itself: whoever polls that waits for a
/// waker, and what is stressed calls none.
static void driveCalls(Module &M, const SmallPtrSetImpl<Function *> &Written) {
  DenseMap<const Function *, unsigned> Cycle = cyclesOf(M);
  SmallVector<CallBase *, 16> Driven;
  for (Function &F : M)
    for (Instruction &I : instructions(F)) {
      auto *Call = dyn_cast<CallBase>(&I);
      Function *Callee = Call ? Call->getCalledFunction() : nullptr;
      // A variadic one can be called, and not driven: it has no bind.
      if (Callee && isCoroutine(*Callee) && !Callee->isDeclaration() &&
          !Callee->isVarArg() &&
          (!isCoroutine(F) || Cycle.lookup(&F) == Cycle.lookup(Callee) ||
           (Written.contains(&F) && !Written.contains(Callee))))
        Driven.push_back(Call);
    }
  for (CallBase *Call : Driven)
    drive(Call, *Call->getCalledFunction());
}

/// Blocks that a jump goes back to.
static SmallSetVector<BasicBlock *, 8> loopHeads(Function &F) {
  SmallSetVector<BasicBlock *, 8> Heads;
  DominatorTree DT(F);
  for (BasicBlock &Block : F)
    for (BasicBlock *Next : successors(&Block))
      if (DT.isReachableFromEntry(&Block) && DT.dominates(Next, &Block))
        Heads.insert(Next);
  return Heads;
}

static void addSuspensions(Function &F) {
  SmallVector<Instruction *, 16> Before;
  for (Instruction &I : instructions(F)) {
    auto *Call = dyn_cast<CallBase>(&I);
    if (Call && !isa<IntrinsicInst>(Call) && !Call->isInlineAsm())
      Before.push_back(Call);
  }
  for (BasicBlock *Head : loopHeads(F))
    Before.push_back(&*Head->getFirstInsertionPt());
  Module &M = *F.getParent();
  FunctionCallee Suspend =
      declareMarker(M, Marker::Suspend,
                    FunctionType::get(Type::getVoidTy(M.getContext()), false));
  setCoroutine(*cast<Function>(Suspend.getCallee()));
  FunctionCallee Pause = M.getOrInsertFunction(
      "coro_stress_pause", Type::getInt32Ty(M.getContext()));
  for (Instruction *I : Before) {
    // Not always: a call that ends without a suspension is another path.
    IRBuilder<> B(I);
    Value *Now = B.CreateIsNotNull(B.CreateCall(Pause));
    IRBuilder<>(SplitBlockAndInsertIfThen(Now, I->getIterator(),
                                          /*Unreachable=*/false))
        .CreateCall(Suspend);
  }
}

PreservedAnalyses Stress::run(Module &M, ModuleAnalysisManager &) {
  separateMain(M);
  SmallVector<Function *, 16> Stressed;
  SmallPtrSet<Function *, 16> Written;
  for (Function &F : M)
    if (isCoroutine(F))
      Written.insert(&F);
    else if (F.getName() != "main" && canYield(F))
      Stressed.push_back(&F);
  for (Function *F : Stressed) {
    setCoroutine(*F);
    ++NumStressed;
  }
  driveCalls(M, Written);
  for (Function *F : Stressed)
    addSuspensions(*F);
  return PreservedAnalyses::none();
}

} // namespace coro
