//===-- LowerShields.cpp - What cancellation has to wait for --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The front end puts a shield around the block of a coro_shield, and around a
// cleanup that yields by variables on either side of the one to be cleaned up,
// whose own cleanups are markers:
//
//   int last  [[cleanup(__coro_shield_end)]] = 7;      runs third
//   file_t f  [[cleanup(close_and_wait)]] = ...;       runs second
//   int first [[cleanup(__coro_shield_begin)]] = 7;    runs first
//
// Here each of those calls becomes coro.shield(7, which), see
// Analysis/Shields.h.
//
//===----------------------------------------------------------------------===//

#include "Transforms/LowerShields.h"
#include "IR/Facts.h"
#include "IR/Markers.h"
#include "Transforms/LandingPads.h"
#include "Transforms/LowerGenerators.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/InstIterator.h"

using namespace llvm;

namespace coro {

void markShield(IRBuilder<> &B, uint64_t Number, bool Begins) {
  FunctionCallee Shield = declareMarker(
      *B.GetInsertBlock()->getModule(), Marker::Shield,
      FunctionType::get(B.getVoidTy(), {B.getInt32Ty(), B.getInt1Ty()}, false));
  B.CreateCall(Shield, {B.getInt32(Number), B.getInt1(Begins)});
}

uint64_t freshShield(Function &F) {
  // Far above the front end's, which counts from 0.
  uint64_t Number = uint64_t(1) << 30;
  for (CallBase *Shield : callsOf(F, Marker::Shield))
    Number = std::max(
        Number,
        cast<ConstantInt>(Shield->getArgOperand(0))->getZExtValue() + 1);
  return Number;
}

/// The number, which the variable that is cleaned up holds.
static std::optional<uint64_t> numberOf(const CallBase &Mark) {
  const Value *Variable = Mark.getArgOperand(0)->stripPointerCasts();
  for (const User *U : Variable->users())
    if (const auto *Store = dyn_cast<StoreInst>(U))
      if (const auto *Number = dyn_cast<ConstantInt>(Store->getValueOperand()))
        return Number->getZExtValue();
  return std::nullopt;
}

void lowerShields(Function &F) {
  SmallPtrSet<Value *, 8> Variables;
  bool Yields = isCoroutine(F);
  for (auto [Which, Begins] : {std::pair(Marker::ShieldBegin, true),
                               std::pair(Marker::ShieldEnd, false)})
    for (CallBase *Mark : callsOf(F, Which)) {
      IRBuilder<> B(Mark);
      if (std::optional<uint64_t> Number = numberOf(*Mark); Number && Yields)
        markShield(B, *Number, Begins);
      Variables.insert(Mark->getArgOperand(0)->stripPointerCasts());
      eraseCall(Mark);
    }
  for (CallBase *Mark : callsOf(F, Marker::ShieldOpen)) {
    IRBuilder<> B(Mark);
    if (Yields)
      markShield(B, cast<ConstantInt>(Mark->getArgOperand(0))->getZExtValue(),
                 true);
    eraseCall(Mark);
  }
  for (Value *Variable : Variables)
    dropWrittenVariable(Variable);
}

} // namespace coro
