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
//                       wait:   call void @coro.wait(%frame, @g.poll,
//                       @g.cancel,
//                                                    i32 how it may end)
//                               br label %ready
//                       ready:  br label %finished
//                       finished: %r = load, from %frame
//
// coro.wait suspends until the child says that it is over; the split makes of
// it a poll that returns at once while it is not, touching nothing else. A
// callee in the outcome form may be over in other ways than DONE: coro.status
// in `ready` is which, and CalleeEnd makes the call's outcome of it. Where
// the poll may unwind, its callee is known only at run time, or hands out
// values, the loop is spelled out over coro.point instead (see WaitLoop).
//
// A struct parameter or result becomes a variable of the function's own.
//
//===----------------------------------------------------------------------===//

#include "Analysis/CallGraph.h"
#include "Analysis/FusePolicy.h"
#include "Analysis/PlainEnd.h"
#include "IR/Coroutine.h"
#include "IR/Facts.h"
#include "IR/Markers.h"
#include "IR/Outcome.h"
#include "IR/Parts.h"
#include "IR/Result.h"
#include "Support/Compat.h"
#include "Transforms/BlockOn.h"
#include "Transforms/CalleeEnd.h"
#include "Transforms/ExpandBoxed.h"
#include "Transforms/ExpandIndirect.h"
#include "Transforms/LeaveTasks.h"
#include "Transforms/OwnVariables.h"
#include "Transforms/Passes.h"
#include "Transforms/Simplify.h"
#include "Transforms/StartCall.h"
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

static ChildEnds waysToEnd(const Function &Callee) {
  if (endsPlainly(Callee))
    return ChildEnds::Plainly;
  return raises(Callee) ? ChildEnds::Anyhow : ChildEnds::NeverRaises;
}

/// coro.wait in Wait, which Ready follows.
static void insertWait(IRBuilder<> &B, BasicBlock *Wait, BasicBlock *Ready,
                       Function &Callee, Value *Frame) {
  B.SetInsertPoint(Wait);
  Type *Ptr = B.getPtrTy();
  Type *Parameters[] = {Ptr, Ptr, Ptr, B.getInt32Ty()};
  B.CreateCall(
      declareMarker(*Wait->getModule(), Marker::Wait,
                    FunctionType::get(B.getVoidTy(), Parameters, false)),
      {Frame, pollOf(Callee), cancelOf(Callee),
       B.getInt32(static_cast<unsigned>(waysToEnd(Callee)))});
  B.CreateBr(Ready);
}

/// The result as the start returned it, or as a poll has left it in the frame,
/// where B stands. Null where there is none in registers.
static Value *mergeResult(IRBuilder<> &B, CallInst &Call,
                          const StartedCall &Start, Value *Frame,
                          const ResultPlace &Place) {
  if (!Start.Result || Call.use_empty())
    return nullptr;
  Type *T = Start.Result->getType();
  IRBuilder<> AtEnd(Call.getParent(), Call.getParent()->begin());
  PHINode *Merged = AtEnd.CreatePHI(T, 2, "result");
  Merged->addIncoming(Start.Result, Start.Call->getParent());
  Value *Left = readResult(B, Call, T, Frame, Place);
  Merged->addIncoming(Left ? Left : PoisonValue::get(T), B.GetInsertBlock());
  return Merged;
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

  IRBuilder<> B(Context);
  Before->getTerminator()->eraseFromParent();
  B.SetInsertPoint(Before);
  B.SetCurrentDebugLocation(Call->getDebugLoc());
  createLifetimeStart(B, Frame);
  StartedCall Start =
      callStart(B, *Call, startOf(Callee), Frame, contextHere(B));
  Value *Started = Start.Status;
  bool DoneAtOnce = !hasOutcome(Callee) || endsPlainly(Callee);
  if (DoneAtOnce)
    B.CreateCondBr(B.CreateICmpEQ(Started, B.getInt32(CORO_DONE)), Finished,
                   Wait);
  else
    B.CreateCondBr(B.CreateICmpEQ(Started, B.getInt32(CORO_PENDING)), Wait,
                   Finished);
  insertWait(B, Wait, Ready, Callee, Frame);

  Value *Status = B.getInt32(CORO_DONE);
  B.SetInsertPoint(Ready);
  if (hasOutcome(Callee)) {
    FunctionType *Type = FunctionType::get(B.getInt32Ty(), false);
    Value *Polled =
        B.CreateCall(declareMarker(*F.getParent(), Marker::Status, Type));
    IRBuilder<> AtEnd(Call);
    PHINode *Latest = AtEnd.CreatePHI(B.getInt32Ty(), 2, "status");
    Latest->addIncoming(DoneAtOnce ? Status : Started, Before);
    Latest->addIncoming(Polled, Ready);
    Status = Latest;
  }
  CalleeEnd End(Callee);
  End.Value = mergeResult(B, *Call, Start, Frame, End.Result);
  B.CreateBr(Finished);

  takeOver(*Call, Status, Frame, End);
  B.SetInsertPoint(Call);
  createLifetimeEnd(B, Frame);
  Call->eraseFromParent();
}

/// The spelled-out form. Start and Poll are set to the calls it makes.
static void expandLoop(CallInst *Call, Function &Callee, CallInst *&Start,
                       CallInst *&Poll) {
  AllocaInst *Frame = childFrame(*Call->getFunction(), Callee);
  CalleeEnd End(Callee);
  auto start = [&](IRBuilder<> &B) -> Value * {
    StartedCall Started =
        callStart(B, *Call, startOf(Callee), Frame, contextHere(B));
    Start = Started.Call;
    keepResult(B, Started, Frame, End.Result);
    return Started.Status;
  };
  auto poll = [&](IRBuilder<> &B) -> Value * {
    return Poll = B.CreateCall(pollOf(Callee), {Frame, contextHere(B)});
  };
  auto cancel = [&](IRBuilder<> &B) -> Value * {
    return B.CreateCall(cancelOf(Callee), {Frame, contextHere(B)});
  };
  expandWaitLoop(*Call, *Frame,
                 {start, poll, cancel, End,
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
  else if (frameLimit(Callee) || (Callee.isDeclaration() && frameFacts(Callee)))
    return false;
  else if (Callee.isDeclaration())
    ID = Config.AtLink ? DiagID::LinkFrame : DiagID::UnknownFrame;
  else if (!isFinalDefinition(Callee))
    ID = DiagID::WeakYields;
  else
    return false;
  const Function &Caller = *Call.getFunction();
  SmallVector<std::string, 2> Names = {Callee.getName().str()};
  if (ID == DiagID::LinkFrame)
    Names.push_back(Caller.getName().str());
  Config.report(makeProblem(ID, Caller, &Call, Names), Caller);
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
    Config.report(
        makeProblem(DiagID::CallNeedsYields, F, Call,
                    {F.getName().str(), yieldingCallee(*Call)->getName().str(),
                     "make '" + F.getName().str() + "' yield, or "}),
        F);
    dropCall(Call);
  }
}

static void expand(Function &F, const PassConfig &Config,
                   ModuleAnalysisManager &AM) {
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
  placeEnds(F);
  setEndsPlainly(F, findPlainEnd(F));
  setCancelsAtOnce(F, findCancelsAtOnce(F));
  setCancelsSilently(F, findCancelsSilently(F));
}

PreservedAnalyses ExpandCalls::run(Module &M, ModuleAnalysisManager &AM) {
  for (Function &F : M)
    if (!F.isDeclaration() && !isCoroutine(F))
      rejectCallsFrom(F, Config);
  // How a callee may end decides what its caller has to look at.
  std::vector<Function *> Order = calleesFirst(M);
  for (Function *F : Order)
    expand(*F, Config, AM);
  checkCancelsNow(M, Config);
  return Order.empty() ? PreservedAnalyses::all() : PreservedAnalyses::none();
}

} // namespace coro
