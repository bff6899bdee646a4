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
// Caller and callee are generators of the same type; where the value is in each
// frame depends on its result too.
//
//===----------------------------------------------------------------------===//

#include "Transforms/WaitLoop.h"
#include "IR/Markers.h"
#include "IR/Result.h"
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
                       const DebugLoc &Where) {
  Function &F = *Resumed.getParent();
  BasicBlock *Block =
      BasicBlock::Create(F.getContext(), "coro.point", &F, &Resumed);
  IRBuilder<> B(Block);
  B.SetCurrentDebugLocation(Where);
  B.CreateCall(
      declareMarker(*F.getParent(), Marker::Point,
                    FunctionType::get(B.getVoidTy(), {B.getInt32Ty()}, false)),
      {Status});
  B.CreateBr(&Resumed);
  ++NumPoints;
  return Block;
}

namespace {
/// The blocks of one expanded call.
struct Loop {
  Function &F;
  Value &Frame;
  ResultPlace Result;
  BasicBlock *Before, *Unfinished, *Resumed, *Finished;
  IRBuilder<> B;

  BasicBlock *create(const Twine &Name) {
    return BasicBlock::Create(F.getContext(), Name, &F, Finished);
  }
  Value *isStatus(Value *Status, coro_status Wanted) {
    return B.CreateICmpEQ(Status, B.getInt32(Wanted));
  }
  Value *inCallee(const ResultPlace &Own) {
    ResultPlace There = placeBehind(Result, Own.Size, Own.Align);
    return B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), &Frame, There.Offset);
  }
  void copy(Value *To, Value *From, const ResultPlace &Place) {
    B.CreateMemCpy(To, Align(Place.Align), From, Align(Place.Align),
                   Place.Size);
  }
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
    B.CreateBr(pointBlock(*Resumed, B.getInt32(CORO_PENDING), Where));
    return;
  }
  Status = B.CreatePHI(B.getInt32Ty(), 2, "status");
  Status->addIncoming(Started, FromStart);
  BasicBlock *Point = pointBlock(*Resumed, Status, Where);
  BasicBlock *HandOut = create("coro.hand.out");
  B.CreateCondBr(isStatus(Status, CORO_YIELDED), HandOut, Point);
  B.SetInsertPoint(HandOut);
  copy(exchangeAddress(B, Exchange::Value), inCallee(*Own), *Own);
  B.CreateBr(Point);
}

void insertWaitLoop(CallInst &Call, Value &Frame, const CalleeDriver &Callee) {
  DebugLoc Where = Call.getDebugLoc();
  BasicBlock *Before = Call.getParent();
  BasicBlock *Finished = SplitBlock(Before, &Call);
  Loop L{*Call.getFunction(),
         Frame,
         Callee.Result,
         Before,
         nullptr,
         nullptr,
         Finished,
         IRBuilder<>(Call.getContext())};
  L.Unfinished = L.create("coro.unfinished");
  L.Resumed = L.create("coro.resumed");
  IRBuilder<> &B = L.B;

  Before->getTerminator()->eraseFromParent();
  B.SetInsertPoint(Before);
  B.SetCurrentDebugLocation(Where);
  Value *Started = Callee.Start(B);
  B.CreateCondBr(L.isStatus(Started, CORO_DONE), Finished, L.Unfinished);
  BasicBlock *FromStart = B.GetInsertBlock();

  PHINode *Status = nullptr;
  L.suspend(Started, FromStart, Status, Where);

  B.SetInsertPoint(L.Resumed);
  if (std::optional<ResultPlace> Received =
          exchangePlace(L.F, Exchange::Received);
      Received && Callee.Receives)
    L.copy(L.inCallee(*Received), exchangeAddress(B, Exchange::Received),
           *Received);
  Value *Polled = Callee.Poll(B);
  B.CreateCondBr(L.isStatus(Polled, CORO_DONE), Finished, L.Unfinished);
  if (Status)
    Status->addIncoming(Polled, B.GetInsertBlock());
}

void expandWaitLoop(CallInst &Call, AllocaInst &Frame,
                    const CalleeDriver &Callee) {
  IRBuilder<> B(&Call);
  createLifetimeStart(B, &Frame);
  insertWaitLoop(Call, Frame, Callee);
  B.SetInsertPoint(&Call);
  takeResult(B, Call, &Frame, Callee.Result);
  createLifetimeEnd(B, &Frame);
  Call.eraseFromParent();
}

} // namespace coro
