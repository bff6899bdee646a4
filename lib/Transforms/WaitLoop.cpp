//===-- WaitLoop.cpp - A waiting call, spelled out ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//             %started = start
//             br %started == DONE, finished, unfinished
// unfinished: %status = phi [%started], [%polled]
//             br %status == YIELDED, hand.out, point      in a generator
// hand.out:   copy the callee's value into the own frame
// point:      coro.point(%status)
// resumed:    copy what was received into the callee's frame
//             %polled = poll
//             br %polled == DONE, finished, unfinished
// finished:
//
// Where the call has the outcome form, a callee that is neither PENDING nor
// YIELDED is over, and whoever resumes the function only to cancel it makes it
// cancel the callee instead of polling it.
//
// Caller and callee are generators of the same type; where the value is in each
// frame depends on its result too.
//
//===----------------------------------------------------------------------===//

#include "Transforms/WaitLoop.h"
#include "IR/Markers.h"
#include "IR/Outcome.h"
#include "Support/Compat.h"
#include "coro/abi.h"
#include "llvm/ADT/Statistic.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"

#define DEBUG_TYPE "frame-expand"

using namespace llvm;

STATISTIC(NumPoints, "Number of explicit suspensions");

namespace coro {

Value *contextHere(IRBuilder<> &B) {
  Module *M = B.GetInsertBlock()->getModule();
  return B.CreateCall(
      declareMarker(*M, Marker::Self, FunctionType::get(B.getPtrTy(), false)));
}

Value *exchangeAddress(IRBuilder<> &B, Exchange What) {
  Module *M = B.GetInsertBlock()->getModule();
  FunctionCallee Address =
      declareMarker(*M, Marker::Exchange,
                    FunctionType::get(B.getPtrTy(), {B.getInt32Ty()}, false));
  // Where the frame is changes nothing and is changed by nothing, but the
  // address is better asked for again than kept over a suspension.
  auto *F = cast<Function>(Address.getCallee());
  F->setDoesNotThrow();
  F->setWillReturn();
  F->setOnlyAccessesInaccessibleMemory();
  return B.CreateCall(Address, {B.getInt32(static_cast<unsigned>(What))});
}

BasicBlock *pointBlock(BasicBlock &Resumed, Value *Status,
                       const DebugLoc &Where, ArrayRef<Value *> Callee) {
  Function &F = *Resumed.getParent();
  BasicBlock *Block =
      BasicBlock::Create(F.getContext(), "coro.point", &F, &Resumed);
  IRBuilder<> B(Block);
  B.SetCurrentDebugLocation(Where);
  SmallVector<OperandBundleDef, 1> Bundles;
  if (!Callee.empty())
    Bundles.emplace_back(CalleeBundle.str(), Callee);
  B.CreateCall(
      declareMarker(*F.getParent(), Marker::Point,
                    FunctionType::get(B.getVoidTy(), {B.getInt32Ty()}, false)),
      {Status}, Bundles);
  B.CreateBr(&Resumed);
  ++NumPoints;
  return Block;
}

namespace {
/// The blocks of one expanded call.
struct Loop {
  Function &F;
  Value &Frame;
  SmallVector<Value *, 2> Callee; // as the suspension names it
  ResultPlace CalleeArea;         // its result and error
  BasicBlock *Before, *Unfinished, *Resumed, *Finished;
  PHINode *Over; // null where the call has no outcome
  IRBuilder<> B;

  BasicBlock *create(const Twine &Name) {
    return BasicBlock::Create(F.getContext(), Name, &F, Finished);
  }
  Value *isStatus(Value *Status, coro_status Wanted) {
    return B.CreateICmpEQ(Status, B.getInt32(Wanted));
  }
  Value *inCallee(const ResultPlace &Own) {
    ResultPlace There = placeBehind(CalleeArea, Own.Size, Own.Align);
    return B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), &Frame, There.Offset);
  }
  void copy(Value *To, Value *From, const ResultPlace &Place) {
    B.CreateMemCpy(To, Align(Place.Align), From, Align(Place.Align),
                   Place.Size);
  }
  void branchOver(Value *Latest);
  void cancel(function_ref<Value *(IRBuilder<> &)> Cancel);
  void suspend(Value *Started, BasicBlock *FromStart, PHINode *&Status,
               const DebugLoc &Where);
};
} // namespace

/// Status is nothing but PENDING where no value can be handed out.
void Loop::suspend(Value *Started, BasicBlock *FromStart, PHINode *&Status,
                   const DebugLoc &Where) {
  B.SetInsertPoint(Unfinished);
  std::optional<ResultPlace> Own = exchangePlace(F, Exchange::Value);
  if (!Own) {
    B.CreateBr(pointBlock(*Resumed, B.getInt32(CORO_PENDING), Where, Callee));
    return;
  }
  Status = B.CreatePHI(B.getInt32Ty(), 2, "status");
  Status->addIncoming(Started, FromStart);
  BasicBlock *Point = pointBlock(*Resumed, Status, Where, Callee);
  BasicBlock *HandOut = create("coro.hand.out");
  B.CreateCondBr(isStatus(Status, CORO_YIELDED), HandOut, Point);
  B.SetInsertPoint(HandOut);
  copy(exchangeAddress(B, Exchange::Value), inCallee(*Own), *Own);
  B.CreateBr(Point);
}

/// The callee of a call in the outcome form may end in several ways. Over gets
/// the status of those.
void Loop::branchOver(Value *Latest) {
  if (!Over) {
    B.CreateCondBr(isStatus(Latest, CORO_DONE), Finished, Unfinished);
    return;
  }
  static_assert(CORO_PENDING == 1 && CORO_YIELDED == 2);
  B.CreateCondBr(B.CreateICmpULT(B.CreateSub(Latest, B.getInt32(CORO_PENDING)),
                                 B.getInt32(2)),
                 Unfinished, Finished);
  Over->addIncoming(Latest, B.GetInsertBlock());
}

/// Resumed only to be cancelled, the function cancels the callee. While that is
/// pending, so is this; if it was done after all, it is polled as ever.
void Loop::cancel(function_ref<Value *(IRBuilder<> &)> Cancel) {
  Module &M = *F.getParent();
  BasicBlock *Cancelled = create("coro.cancel"), *Again = create("coro.again");
  FunctionCallee Asked = declareMarker(M, Marker::Cancelled,
                                       FunctionType::get(B.getInt1Ty(), false));
  B.CreateCondBr(B.CreateCall(Asked), Cancelled, Again);
  B.SetInsertPoint(Cancelled);
  Value *Latest = Cancel(B);
  Over->addIncoming(Latest, B.GetInsertBlock());
  SwitchInst *Switch = B.CreateSwitch(Latest, Finished, 2);
  FunctionCallee Stay =
      declareMarker(M, Marker::Stay,
                    FunctionType::get(B.getVoidTy(), {B.getInt1Ty()}, false));
  for (auto [Status, Poll] :
       {std::pair(CORO_PENDING, false), std::pair(CORO_DONE, true)}) {
    BasicBlock *Stays = create("coro.stay");
    Switch->addCase(B.getInt32(Status), Stays);
    B.SetInsertPoint(Stays);
    B.CreateCall(Stay, {B.getInt1(Poll)});
    B.CreateUnreachable();
  }
  B.SetInsertPoint(Again);
}

Value *insertWaitLoop(CallInst &Call, Value &Frame,
                      const CalleeDriver &Callee) {
  DebugLoc Where = Call.getDebugLoc();
  BasicBlock *Before = Call.getParent();
  BasicBlock *Finished = SplitBlock(Before, &Call);
  Loop L{*Call.getFunction(),
         Frame,
         {&Frame},
         endArea(Callee.End.Result, Callee.End.Error),
         Before,
         nullptr,
         nullptr,
         Finished,
         nullptr,
         IRBuilder<>(Call.getContext())};
  if (Callee.End.Descriptor)
    L.Callee.push_back(Callee.End.Descriptor);
  L.Unfinished = L.create("coro.unfinished");
  L.Resumed = L.create("coro.resumed");
  IRBuilder<> &B = L.B;
  if (hasOutcome(Call)) {
    B.SetInsertPoint(&Call);
    L.Over = B.CreatePHI(B.getInt32Ty(), 3, "status");
  }

  Before->getTerminator()->eraseFromParent();
  B.SetInsertPoint(Before);
  B.SetCurrentDebugLocation(Where);
  Value *Started = Callee.Start(B);
  L.branchOver(Started);
  BasicBlock *FromStart = B.GetInsertBlock();

  PHINode *Status = nullptr;
  L.suspend(Started, FromStart, Status, Where);

  B.SetInsertPoint(L.Resumed);
  if (L.Over)
    L.cancel(Callee.Cancel);
  if (std::optional<ResultPlace> Received =
          exchangePlace(L.F, Exchange::Received);
      Received && Callee.Receives)
    L.copy(L.inCallee(*Received), exchangeAddress(B, Exchange::Received),
           *Received);
  Value *Polled = Callee.Poll(B);
  L.branchOver(Polled);
  if (Status)
    Status->addIncoming(Polled, B.GetInsertBlock());
  return L.Over ? static_cast<Value *>(L.Over) : B.getInt32(CORO_DONE);
}

void expandWaitLoop(CallInst &Call, AllocaInst &Frame,
                    const CalleeDriver &Callee) {
  IRBuilder<> B(&Call);
  createLifetimeStart(B, &Frame);
  Value *Status = insertWaitLoop(Call, Frame, Callee);
  takeOver(Call, Status, &Frame, Callee.End);
  B.SetInsertPoint(&Call);
  createLifetimeEnd(B, &Frame);
  Call.eraseFromParent();
}

} // namespace coro
