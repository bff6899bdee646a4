//===-- Coroutine.cpp - A function in expanded form, described ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "IR/Coroutine.h"
#include "IR/Markers.h"
#include "coro/abi.h"
#include "llvm/IR/Constants.h"

using namespace llvm;

namespace coro {

Value *SuspendPoint::child() const {
  return isMarker(Call, Marker::Wait) ? Call->getArgOperand(0) : nullptr;
}

Function *SuspendPoint::childPoll() const {
  return isMarker(Call, Marker::Wait) ? cast<Function>(Call->getArgOperand(1))
                                      : nullptr;
}

Function *SuspendPoint::childCancel() const {
  return isMarker(Call, Marker::Wait) ? cast<Function>(Call->getArgOperand(2))
                                      : nullptr;
}

ChildEnds SuspendPoint::childEnds() const {
  return static_cast<ChildEnds>(
      cast<ConstantInt>(Call->getArgOperand(3))->getZExtValue());
}

CallInst *SuspendPoint::resumeMarker(Marker Which) const {
  for (Instruction &I : *Resume)
    if (isMarker(&I, Which))
      return cast<CallInst>(&I);
  return nullptr;
}

Coroutine::Coroutine(Function &F) : F(F) {
  for (BasicBlock &Block : F)
    for (Instruction &I : Block) {
      if (!isMarker(&I, Marker::Point) && !isMarker(&I, Marker::Wait))
        continue;
      BasicBlock *Resume = Block.getSingleSuccessor();
      PointOfSuspend[&Block] = Points.size();
      PointOfResume[Resume] = Points.size();
      Points.push_back({&Block, Resume, cast<CallInst>(&I)});
    }
}

unsigned Coroutine::stateBytes() const {
  uint64_t States = CORO_STATE_FIRST + Points.size();
  return States <= 1u << 7 ? 1 : States <= 1u << 15 ? 2 : 4;
}

ConstantInt *Coroutine::state(unsigned Number) const {
  static_assert(CORO_STATE_CANCEL == 1 << 7);
  unsigned Bits = 8 * stateBytes();
  // On big-endian machines the first byte has the highest bits.
  uint64_t Value = F.getParent()->getDataLayout().isBigEndian()
                       ? Number
                       : (Number & 127) | uint64_t(Number >> 7) << 8;
  return ConstantInt::get(F.getContext(), APInt(Bits, Value));
}

} // namespace coro
