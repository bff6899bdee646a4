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

/// What the first byte of a state index tells apart: it is 0 for 0 alone, and
/// CORO_STATE_CANCEL is free.
static constexpr unsigned FirstByte = CORO_STATE_CANCEL - 1;

unsigned Coroutine::stateBytes() const {
  uint64_t Last = CORO_STATE_FIRST + Points.size();
  return Last <= FirstByte ? 1 : Last <= FirstByte * 256 ? 2 : 4;
}

ConstantInt *Coroutine::state(unsigned Number) const {
  unsigned Bits = 8 * stateBytes();
  uint64_t First = Number ? (Number - 1) % FirstByte + 1 : 0;
  uint64_t Rest = Number ? (Number - 1) / FirstByte : 0;
  uint64_t Value = F.getParent()->getDataLayout().isBigEndian()
                       ? First << (Bits - 8) | Rest
                       : First | Rest << 8;
  return ConstantInt::get(F.getContext(), APInt(Bits, Value));
}

} // namespace coro
