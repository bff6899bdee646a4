//===-- UnwindEdges.cpp - Unwinding inside one function -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a landing pad leads to, as clang makes it:
//
//   pad:     %e = landingpad cleanup
//            store %e.0, %exn.slot          (and the selector)
//   cleanup: call @close(...)               our edges come in at pad, or, where
//            call @__coro_try_end(%guard)   foreign exceptions do, behind its
//   outer:   call @free(...)                stores
//            resume (load %exn.slot)
//
// A raise goes from the end of its try to the catch (UnwindTries.cpp). Where
// there is no try it comes to `resume`, which becomes the function's return.
//
// A function that yields also unwinds because it is cancelled: from a
// suspension, or because its callee was. Nobody catches that. If it may raise
// as well, a variable says which of the two it is.
//
//===----------------------------------------------------------------------===//

#include "Transforms/UnwindEdges.h"
#include "IR/Facts.h"
#include "IR/Markers.h"
#include "Transforms/DeferredBlocks.h"
#include "Transforms/LowerShields.h"
#include "Transforms/OutcomeForm.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/MDBuilder.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/Local.h"

using namespace llvm;

namespace coro {

UnwindEdges::UnwindEdges(Function &F, const PassConfig &Config)
    : F(F), C(F.getContext()), Config(Config),
      Own(hasOwnEdges(F) || isCoroutine(F)), Paths(F), Foreign(F) {}

Outcome UnwindEdges::onlyReason() const {
  return isCoroutine(F) ? Outcome::Cancelled : Outcome::Raised;
}

void UnwindEdges::makeReason(bool Raises) {
  if (!Raises || !isCoroutine(F))
    return;
  BasicBlock &Entry = F.getEntryBlock();
  IRBuilder<> B(&Entry, Entry.begin());
  Reason = B.CreateAlloca(B.getInt8Ty(), nullptr, "coro.unwinds");
}

/// Where unwinding leaves the function.
BasicBlock *UnwindEdges::exitBlock() {
  if (Exit)
    return Exit;
  Exit = newBlock("coro.unwound");
  IRBuilder<> B(Exit);
  if (hasOutcome(F)) {
    Value *How = Reason ? static_cast<Value *>(
                              B.CreateLoad(Reason->getAllocatedType(), Reason))
                        : outcomeConstant(C, onlyReason());
    B.CreateRet(inOutcomeForm(B, F.getReturnType(), nullptr, How));
  } else {
    // The front end has made sure that all is caught.
    B.CreateIntrinsic(Type::getVoidTy(C), Intrinsic::trap, {});
    B.CreateUnreachable();
  }
  return Exit;
}

BasicBlock *UnwindEdges::entryOf(BasicBlock &Pad) {
  if (endsUnwinding(Pad))
    Config.report(makeProblem(DiagID::Unsupported, F, Pad.getLandingPadInst(),
                              {"a coro_try in a _Defer", F.getName().str(),
                               "its scope is left by nothing but errors"}),
                  F);
  return Own ? &Pad : Foreign.entryOf(Pad);
}

BasicBlock *UnwindEdges::target(CallBase &Call) {
  auto *Invoke = dyn_cast<InvokeInst>(&Call);
  return Invoke ? entryOf(*Invoke->getUnwindDest()) : exitBlock();
}

/// Where the call leads if it ended in this way.
BasicBlock *UnwindEdges::edge(CallBase &Call, Value *How) {
  BasicBlock *To = target(Call);
  if (!Reason)
    return To;
  BasicBlock *Edge = newBlock("coro.ended");
  IRBuilder<> B(Edge);
  B.SetCurrentDebugLocation(Call.getDebugLoc());
  B.CreateStore(How, Reason);
  B.CreateBr(To);
  return Edge;
}

Value *UnwindEdges::ownErrorPlace() {
  if (Argument *Place = errorParameter(F))
    return Place;
  return PoisonValue::get(PointerType::getUnqual(C));
}

/// Where what the call raises has to be put.
Value *UnwindEdges::errorPlace(const CallBase &Call) {
  if (const TryBlock *Catching = CaughtBy.lookup(&Call))
    return Catching->Slot;
  if (Argument *Place = errorParameter(F))
    return Place;
  // clang gives a call no edge if it knows that the callee does not raise. It
  // wants a place nevertheless.
  std::optional<EndingCall> Ends = endingCall(const_cast<CallBase &>(Call));
  auto *Callee = Ends ? dyn_cast<Function>(Ends->Callee) : nullptr;
  ResultPlace Size{0, 16, 16};
  if (Callee)
    Size = exchangePlace(*Callee, Exchange::Error).value_or(Size);
  IRBuilder<> B(&F.getEntryBlock(), F.getEntryBlock().begin());
  AllocaInst *Nowhere = B.CreateAlloca(ArrayType::get(B.getInt8Ty(), Size.Size),
                                       nullptr, "coro.nowhere");
  Nowhere->setAlignment(Align(Size.Align));
  return Nowhere;
}

static void refuseMustTail(CallInst &Call, const PassConfig &Config) {
  Function &F = *Call.getFunction();
  Config.report(makeProblem(DiagID::Unsupported, F, &Call,
                            {"musttail", F.getName().str(),
                             "a function that raises says behind the call how "
                             "it ended; drop the attribute"}),
                F);
  Call.setTailCallKind(CallInst::TCK_None);
}

/// Where the call leads if it returns. New stands before Call, whose block, or
/// one behind New where that is an invoke, is left without an end.
BasicBlock *UnwindEdges::continuation(CallBase &Call, CallBase &New) {
  BasicBlock *From = Call.getParent();
  if (auto *Invoke = dyn_cast<InvokeInst>(&Call)) {
    BasicBlock *Normal = Invoke->getNormalDest();
    if (auto *Kept = dyn_cast<InvokeInst>(&New)) {
      BasicBlock *Called = newBlock("coro.called");
      Called->moveAfter(From);
      Kept->setNormalDest(Called);
      Normal->replacePhiUsesWith(From, Called);
    }
    return Normal;
  }
  BasicBlock *Normal = From->splitBasicBlock(std::next(Call.getIterator()));
  From->getTerminator()->eraseFromParent();
  return Normal;
}

/// The marker around a pointer to a function that raises. Sanitizers look at
/// what the pointer points to, by way of the marker.
static void dropMark(Value *Called, Value *Callee) {
  if (!isMarker(Called, Marker::Raising))
    return;
  auto *Mark = cast<Instruction>(Called);
  Mark->replaceAllUsesWith(Callee);
  Mark->eraseFromParent();
}

/// The return behind a call of an ordinary function whose result is returned as
/// it is, and that nothing of this function's is left behind by a raise.
static ReturnInst *returnOf(const Function &F, CallBase &Call,
                            const EndingCall &Ends) {
  if (!isa<CallInst>(Call) || !hasOutcome(F) || isCoroutine(F) ||
      !Ends.Raises || Ends.Yields || isMarker(Ends.Callee, Marker::BlockOn) ||
      resultInForm(F.getReturnType()) != Call.getType())
    return nullptr;
  auto *Return = dyn_cast<ReturnInst>(Call.getParent()->getTerminator());
  if (!Return)
    return nullptr;
  for (Instruction *I = Call.getNextNode(); I != Return; I = I->getNextNode())
    if (!isa<InsertValueInst, DbgInfoIntrinsic>(I))
      return nullptr;
  Value *Returned = Return->getReturnValue();
  auto *How = dyn_cast<InsertValueInst>(Returned);
  if (!How)
    return Call.getType()->isVoidTy() ? Return : nullptr;
  auto *Result = dyn_cast<InsertValueInst>(How->getAggregateOperand());
  return Result && Result->getInsertedValueOperand() == &Call ? Return
                                                              : nullptr;
}

/// How the callee ended is how this function ends: `return parse(s);`, which
/// stays a call that may reuse the stack.
bool UnwindEdges::lowerTailCall(CallBase &Call, const EndingCall &Ends) {
  ReturnInst *Return = returnOf(F, Call, Ends);
  if (!Return)
    return false;
  Value *Called = Call.getCalledOperand();
  CallBase *New = callInOutcomeForm(Call, Ends.Callee, errorPlace(Call),
                                    /*Yields=*/false, /*KeepEdge=*/false);
  New->takeName(&Call);
  Value *Both = Return->getReturnValue();
  Return->setOperand(0, New);
  RecursivelyDeleteTriviallyDeadInstructions(Both);
  Call.eraseFromParent();
  dropMark(Called, Ends.Callee);
  return true;
}

void UnwindEdges::lowerCall(CallBase &Call, const EndingCall &Ends) {
  if (lowerTailCall(Call, Ends))
    return;
  auto *Old = dyn_cast<InvokeInst>(&Call);
  // In a cleanup that unwinding runs, a callee that is gone is over.
  bool Looks = Ends.Raises || !Old || !endsUnwinding(*Old->getUnwindDest());
  bool HasFrame = Ends.Yields || isMarker(Ends.Callee, Marker::BlockOn);
  CallBase *New = callInOutcomeForm(
      Call, Ends.Callee, Ends.Raises ? errorPlace(Call) : nullptr, HasFrame,
      /*KeepEdge=*/!Own);
  BasicBlock *Normal = continuation(Call, *New);
  BasicBlock *From = isa<InvokeInst>(New)
                         ? cast<InvokeInst>(New)->getNormalDest()
                         : Call.getParent();
  IRBuilder<> B(C);
  if (From == Call.getParent())
    B.SetInsertPoint(&Call);
  else
    B.SetInsertPoint(From);
  B.SetCurrentDebugLocation(Call.getDebugLoc());
  Value *Result = resultPart(B, New), *How = outcomePart(B, New);
  if (Result)
    Result->takeName(&Call);
  Call.replaceAllUsesWith(Result ? Result : PoisonValue::get(Call.getType()));
  Value *Done = B.CreateICmpEQ(How, outcomeConstant(C, Outcome::Done));
  BasicBlock *Other =
      !Looks ? Normal
      : Ends.Yields && Ends.Raises
          ? edge(Call, How)
          : edge(Call, Ends.Raises ? Outcome::Raised : Outcome::Cancelled);
  Value *Called = Call.getCalledOperand();
  Call.eraseFromParent();
  B.SetInsertPoint(From);
  if (Other == Normal)
    B.CreateBr(Normal);
  else
    B.CreateCondBr(Done, Normal, Other,
                   MDBuilder(C).createLikelyBranchWeights());
  dropMark(Called, Ends.Callee);
}

/// Cancelled there, the task unwinds from there. Who writes coro.cancelled
/// behind it himself, as waits for several do, leads it elsewhere.
void UnwindEdges::lowerSuspension(CallBase &Suspend) {
  auto *Invoke = dyn_cast<InvokeInst>(&Suspend);
  bool Ends = Invoke && endsUnwinding(*Invoke->getUnwindDest());
  const Instruction *Next = Suspend.getNextNode();
  if (Ends || Suspend.hasMetadata(ShieldedSuspension) ||
      (Next && isMarker(Next, Marker::Cancelled))) {
    if (Invoke)
      changeToCall(Invoke);
    return;
  }
  BasicBlock *Unwind = edge(Suspend, Outcome::Cancelled), *Normal;
  CallInst *Call;
  if (Invoke) {
    Normal = Invoke->getNormalDest();
    Call = changeToCall(Invoke);
  } else {
    Call = cast<CallInst>(&Suspend);
    Normal = Call->getParent()->splitBasicBlock(std::next(Call->getIterator()));
  }
  BasicBlock *Block = Call->getParent();
  Block->getTerminator()->eraseFromParent();
  IRBuilder<> B(Block);
  B.SetCurrentDebugLocation(Call->getDebugLoc());
  FunctionCallee Asked = declareMarker(*F.getParent(), Marker::Cancelled,
                                       FunctionType::get(B.getInt1Ty(), false));
  B.CreateCondBr(B.CreateCall(Asked), Unwind, Normal,
                 MDBuilder(C).createUnlikelyBranchWeights());
}

/// The error, if it is a raise, is in its place; nothing comes back from the
/// marker.
void UnwindEdges::lowerNoReturn(CallBase &Call, Outcome How) {
  BasicBlock *To = edge(Call, How), *Block = Call.getParent();
  if (auto *Invoke = dyn_cast<InvokeInst>(&Call)) {
    Invoke->getNormalDest()->removePredecessor(Block);
    if (!Own)
      Invoke->getUnwindDest()->removePredecessor(Block);
  } else {
    for (BasicBlock *Next : successors(Block))
      Next->removePredecessor(Block);
  }
  IRBuilder<> B(C);
  DebugLoc Where = Call.getDebugLoc();
  while (&Block->back() != &Call) {
    Block->back().replaceAllUsesWith(PoisonValue::get(Block->back().getType()));
    Block->back().eraseFromParent();
  }
  Call.eraseFromParent();
  B.SetInsertPoint(Block);
  B.SetCurrentDebugLocation(Where);
  B.CreateBr(To);
}

/// coro.reraise(error, size, alignment)
void UnwindEdges::lowerReraise(CallBase &Call) {
  IRBuilder<> B(&Call);
  uint64_t Align = cast<ConstantInt>(Call.getArgOperand(2))->getZExtValue();
  B.CreateMemCpy(errorPlace(Call), MaybeAlign(Align), Call.getArgOperand(0),
                 MaybeAlign(Align), Call.getArgOperand(1));
  lowerNoReturn(Call, Outcome::Raised);
}

void UnwindEdges::lowerOne(CallBase &Call) {
  if (std::optional<EndingCall> Ends = endingCall(Call))
    return lowerCall(Call, *Ends);
  if (isMarker(&Call, Marker::Raise))
    return lowerNoReturn(Call, Outcome::Raised);
  if (isMarker(&Call, Marker::Unwind))
    return lowerNoReturn(Call, Outcome::Cancelled);
  if (isMarker(&Call, Marker::Reraise))
    return lowerReraise(Call);
  if (isMarker(&Call, Marker::Suspend) || isMarker(&Call, Marker::Yield))
    return lowerSuspension(Call);
  if (isMarker(&Call, Marker::ErrorPlace)) {
    Call.replaceAllUsesWith(ownErrorPlace());
    Call.eraseFromParent();
  } else if (auto *Invoke = dyn_cast<InvokeInst>(&Call); Invoke && Own) {
    changeToCall(Invoke);
  }
}

/// From the end of each block: what is moved when it is cut behind a call is
/// then short.
static void orderForCutting(SmallVectorImpl<WeakVH> &Calls) {
  auto blockOf = [](const WeakVH &Call) {
    Value *V = Call;
    return cast<Instruction>(V)->getParent();
  };
  for (auto *Begin = Calls.begin(); Begin != Calls.end();) {
    auto *End = std::find_if(Begin, Calls.end(), [&](const WeakVH &Call) {
      return blockOf(Call) != blockOf(*Begin);
    });
    std::reverse(Begin, End);
    Begin = End;
  }
}

/// Asks all there is to ask before anything changes.
void UnwindEdges::look() {
  bool Raises = false;
  for (Instruction &I : instructions(F)) {
    if (auto *Resume = dyn_cast<ResumeInst>(&I))
      Resumes.push_back(Resume);
    auto *Call = dyn_cast<CallBase>(&I);
    if (!Call || isMarker(Call, Marker::Raising))
      continue; // goes with the call through it
    Calls.push_back(Call);
    std::optional<EndingCall> Ends = endingCall(*Call);
    Raises |= (Ends && Ends->Raises) || isMarker(Call, Marker::Raise) ||
              isMarker(Call, Marker::Reraise);
    if (hasOutcome(F) && Call->isMustTailCall())
      refuseMustTail(cast<CallInst>(*Call), Config);
    if (const auto *Known = dyn_cast<IntrinsicInst>(Call))
      HasStack |= Known->getIntrinsicID() == Intrinsic::stacksave;
    if (auto *Invoke = dyn_cast<InvokeInst>(Call))
      CaughtBy[Call] = Paths.caughtBy(*Invoke->getUnwindDest());
  }
  orderForCutting(Calls);
  makeReason(Raises);
}

void UnwindEdges::lower() {
  look();
  for (WeakVH &Each : Calls)
    if (auto *Call = cast_or_null<CallBase>(Each))
      lowerOne(*Call);
  lowerTries();
  for (ResumeInst *Resume : Resumes)
    lowerResume(*Resume);
  if (Own) {
    dropLandingPads(F);
    F.setDoesNotThrow();
  }
}

void lowerUnwindEdges(Function &F, const PassConfig &Config) {
  DeferredBlocks Deferred(F);
  UnwindEdges(F, Config).lower();
  Deferred.join();
  lowerShields(F);
}

} // namespace coro
