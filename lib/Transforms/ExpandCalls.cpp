//===-- ExpandCalls.cpp - frame-expand: waiting calls as suspensions ------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Afterwards each suspension stands alone in a block with one way out:
//
//   coro_suspend()      point:  call void @coro.point(i32 PENDING)
//                               br label %resumed
//
//   %r = call @g(%x)            %s = call i32 @g.start(%frame, %cx, %x)
//                               %done = icmp eq %s, DONE
//                               br %done, %finished, %wait
//                       wait:   call void @coro.wait(%frame, @g.poll)
//                               br label %ready
//                       ready:  br label %finished
//                       finished: %r = load, from %frame
//
// coro.wait suspends until the child says that it is done; the split makes of
// it a poll that returns at once while it is not, touching nothing else. Where
// the poll may unwind, its callee is known only at run time, or hands out
// values, the loop is spelled out over coro.point instead (see WaitLoop).
//
// A struct parameter or result becomes a variable of the function's own.
//
//===----------------------------------------------------------------------===//

#include "Analysis/CallGraph.h"
#include "Analysis/FusePolicy.h"
#include "IR/Facts.h"
#include "IR/Markers.h"
#include "IR/Parts.h"
#include "IR/Result.h"
#include "Support/Compat.h"
#include "Transforms/BlockOn.h"
#include "Transforms/ExpandBoxed.h"
#include "Transforms/ExpandIndirect.h"
#include "Transforms/Passes.h"
#include "Transforms/Simplify.h"
#include "Transforms/WaitLoop.h"
#include "coro/abi.h"
#include "llvm/ADT/Statistic.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/Local.h"

#define DEBUG_TYPE "frame-expand"

using namespace llvm;

STATISTIC(NumWaits, "Number of waiting calls expanded");

namespace coro {

/// A variable that takes a struct parameter's place.
static AllocaInst *ownVariable(Argument &A, Type *T) {
  Function &F = *A.getParent();
  const DataLayout &DL = F.getParent()->getDataLayout();
  IRBuilder<> B(&*F.getEntryBlock().getFirstInsertionPt());
  AllocaInst *Own =
      B.CreateAlloca(T, DL.getAllocaAddrSpace(), nullptr, A.getName());
  Own->setAlignment(
      std::max(A.getParamAlign().valueOrOne(), DL.getABITypeAlign(T)));
  A.replaceAllUsesWith(Own);
  return Own;
}

/// Struct parameters are copied by whoever is called: f.start's parameter is
/// the plain address of the caller's value, valid until it returns.
static void copyStructParameters(Function &F) {
  for (Argument &A : F.args()) {
    if (!A.hasByValAttr())
      continue;
    Type *T = A.getParamByValType();
    AllocaInst *Own = ownVariable(A, T);
    IRBuilder<> B(Own->getNextNode());
    B.CreateMemCpy(Own, Own->getAlign(), &A, A.getParamAlign(),
                   F.getParent()->getDataLayout().getTypeAllocSize(T));
  }
}

/// The place of a struct result is in the frame. A variable stands for it from
/// here on; nothing in the function reads that, so this comes after the last
/// simplification.
static void placeStructResult(Function &F) {
  for (Argument &A : F.args())
    if (A.hasStructRetAttr())
      setResultSlot(*ownVariable(A, A.getParamStructRetType()));
}

static CallInst *asCall(CallBase *Call) {
  if (auto *Invoke = dyn_cast<InvokeInst>(Call))
    return changeToCall(Invoke);
  return cast<CallInst>(Call);
}

static void expandSuspend(CallBase *Marked, coro_status Status) {
  CallInst *Call = asCall(Marked);
  BasicBlock *Before = Call->getParent();
  BasicBlock *Resumed = SplitBlock(Before, Call);
  Type *Int32 = Type::getInt32Ty(Call->getContext());
  BasicBlock *Point = pointBlock(*Resumed, ConstantInt::get(Int32, Status),
                                 Call->getDebugLoc());
  Before->getTerminator()->setSuccessor(0, Point);
  Call->eraseFromParent();
}

/// The plain form: the child is polled by the split.
static void expandWait(CallInst *Call, Function &Callee) {
  Function &F = *Call->getFunction();
  LLVMContext &Context = F.getContext();
  AllocaInst *Frame = childFrame(F, Callee);
  BasicBlock *Before = Call->getParent();
  BasicBlock *Finished = SplitBlock(Before, Call);
  BasicBlock *Wait = BasicBlock::Create(Context, "coro.wait", &F, Finished);
  // Finished is also reached without a suspension, so it is not where this one
  // resumes.
  BasicBlock *Ready = BasicBlock::Create(Context, "coro.ready", &F, Finished);
  DebugLoc Where = Call->getDebugLoc();

  Before->getTerminator()->eraseFromParent();
  IRBuilder<> B(Before);
  B.SetCurrentDebugLocation(Where);
  createLifetimeStart(B, Frame);
  Value *Status = callStart(B, *Call, startOf(Callee), Frame, contextHere(B));
  B.CreateCondBr(B.CreateICmpEQ(Status, B.getInt32(CORO_DONE)), Finished, Wait);

  B.SetInsertPoint(Wait);
  B.SetCurrentDebugLocation(Where);
  Type *Parameters[] = {B.getPtrTy(), B.getPtrTy()};
  B.CreateCall(
      declareMarker(*F.getParent(), Marker::Wait,
                    FunctionType::get(B.getVoidTy(), Parameters, false)),
      {Frame, pollOf(Callee)});
  B.CreateBr(Ready);
  B.SetInsertPoint(Ready);
  B.CreateBr(Finished);

  B.SetInsertPoint(Call);
  takeResult(B, *Call, Frame, resultPlace(Callee));
  createLifetimeEnd(B, Frame);
  Call->eraseFromParent();
}

/// The spelled-out form. Start and Poll are set to the calls it makes.
static void expandLoop(CallInst *Call, Function &Callee, CallInst *&Start,
                       CallInst *&Poll) {
  AllocaInst *Frame = childFrame(*Call->getFunction(), Callee);
  auto start = [&](IRBuilder<> &B) -> Value * {
    return Start = callStart(B, *Call, startOf(Callee), Frame, contextHere(B));
  };
  auto poll = [&](IRBuilder<> &B) -> Value * {
    return Poll = B.CreateCall(pollOf(Callee), {Frame, contextHere(B)});
  };
  expandWaitLoop(*Call, *Frame,
                 {start, poll, resultPlace(Callee),
                  exchangePlace(Callee, Exchange::Received).has_value()});
}

/// A call with an unwind edge keeps it at both places that run the callee.
static void expandInvoke(InvokeInst *Invoke, Function &Callee) {
  Function &F = *Invoke->getFunction();
  BasicBlock *Unwind = Invoke->getUnwindDest();
  // Keeps what the edge brings along while there is no such edge.
  BasicBlock *Stand = BasicBlock::Create(F.getContext(), "", &F);
  BranchInst::Create(Unwind, Stand);
  for (PHINode &Phi : Unwind->phis())
    Phi.addIncoming(Phi.getIncomingValueForBlock(Invoke->getParent()), Stand);
  CallInst *Start = nullptr, *Poll = nullptr;
  expandLoop(asCall(Invoke), Callee, Start, Poll);
  for (CallInst *Run : {Start, Poll}) {
    BasicBlock *Block = Run->getParent();
    changeToInvokeAndSplitBasicBlock(Run, Unwind);
    for (PHINode &Phi : Unwind->phis())
      Phi.addIncoming(Phi.getIncomingValueForBlock(Stand), Block);
  }
  Unwind->removePredecessor(Stand, /*KeepOneInputPHIs=*/true);
  Stand->eraseFromParent();
}

/// Why a call of Callee cannot be given a frame, if it cannot.
static bool rejectCall(const CallBase &Call, Function &Callee,
                       const PassConfig &Config) {
  DiagID ID;
  if (Call.getFunctionType() != Callee.getFunctionType())
    ID = DiagID::TooFewArguments;
  else if (frameLimit(Callee))
    return false;
  else if (Callee.isDeclaration())
    ID = DiagID::UnknownFrame;
  else if (!isFinalDefinition(Callee))
    ID = DiagID::WeakYields;
  else
    return false;
  Config.report(
      makeProblem(ID, *Call.getFunction(), &Call, {Callee.getName().str()}),
      *Call.getFunction());
  return true;
}

/// The call is left out; an error says that no object comes of it.
static void dropCall(CallBase *Marked) {
  CallInst *Call = asCall(Marked);
  if (!Call->use_empty())
    Call->replaceAllUsesWith(PoisonValue::get(Call->getType()));
  Call->eraseFromParent();
}

static void expandCalls(Function &F, const PassConfig &Config) {
  SmallPtrSet<Function *, 4> Rejected; // said once, at the first call
  SmallVector<CallBase *, 16> Calls;
  for (Instruction &I : instructions(F))
    if (auto *Call = dyn_cast<CallBase>(&I); Call && yieldingCallee(*Call))
      Calls.push_back(Call);
  erase_if(Calls, [&](CallBase *Call) {
    Function &Callee = *yieldingCallee(*Call);
    if (!Rejected.contains(&Callee) && !rejectCall(*Call, Callee, Config))
      return false;
    Rejected.insert(&Callee);
    dropCall(Call);
    return true;
  });
  // From the end: what a block is split off from is then short.
  for (CallBase *Call : reverse(Calls)) {
    Function &Callee = *yieldingCallee(*Call);
    ++NumWaits;
    CallInst *Start, *Poll;
    if (auto *Invoke = dyn_cast<InvokeInst>(Call))
      expandInvoke(Invoke, Callee);
    else if (isGenerator(Callee))
      expandLoop(cast<CallInst>(Call), Callee, Start, Poll);
    else
      expandWait(cast<CallInst>(Call), Callee);
  }
}

/// Ordinary functions cannot wait: what the front end let through came from
/// hand-written IR.
static void rejectCallsFrom(Function &F, const PassConfig &Config) {
  SmallVector<CallBase *, 4> Calls;
  for (Instruction &I : instructions(F))
    if (auto *Call = dyn_cast<CallBase>(&I); Call && yieldingCallee(*Call))
      Calls.push_back(Call);
  for (CallBase *Call : Calls) {
    Config.report(makeProblem(DiagID::CallNeedsYields, F, Call,
                              {F.getName().str(),
                               yieldingCallee(*Call)->getName().str()}),
                  F);
    dropCall(Call);
  }
}

PreservedAnalyses ExpandCalls::run(Module &M, ModuleAnalysisManager &AM) {
  bool Changed = false;
  for (Function &F : M) {
    if (F.isDeclaration())
      continue;
    if (!isCoroutine(F)) {
      rejectCallsFrom(F, Config);
      continue;
    }
    Changed = true;
    copyStructParameters(F);
    // From the end: what a block is split off from is then short.
    for (auto [Which, Status] : {std::pair(Marker::Suspend, CORO_PENDING),
                                 std::pair(Marker::Yield, CORO_YIELDED)}) {
      SmallVector<CallBase *, 8> Suspends = callsOf(F, Which);
      for (CallBase *Call : reverse(Suspends))
        expandSuspend(Call, Status);
    }
    for (CallBase *Call : callsOf(F, Marker::Indirect))
      expandIndirect(*Call);
    for (CallBase *Call : callsOf(F, Marker::TryBox))
      expandTryBox(*Call);
    expandCalls(F, Config);
    simplify(F, AM);
    placeStructResult(F);
  }
  return Changed ? PreservedAnalyses::none() : PreservedAnalyses::all();
}

} // namespace coro
