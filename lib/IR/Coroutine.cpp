//===-- Coroutine.cpp - A function in expanded form, described ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "IR/Coroutine.h"
#include "IR/Facts.h"
#include "IR/Markers.h"
#include "IR/Parts.h"
#include "coro/abi.h"
#include "llvm/ADT/STLExtras.h"
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

static Value *bundled(const CallInst &Call, unsigned Index) {
  auto Bundle = Call.getOperandBundle(CalleeBundle);
  return Bundle && Index < Bundle->Inputs.size() ? Bundle->Inputs[Index].get()
                                                 : nullptr;
}

Value *SuspendPoint::calleeFrame() const {
  Value *Child = child();
  return Child ? Child : bundled(*Call, 0);
}

Value *SuspendPoint::calleeDescriptor() const { return bundled(*Call, 1); }

StateIndex SuspendPoint::childStates() const {
  return {*Direct, CORO_STATE_FIRST + uint64_t(States) - 1};
}

CallInst *SuspendPoint::resumeMarker(Marker Which) const {
  for (Instruction &I : *Resume)
    if (isMarker(&I, Which))
      return cast<CallInst>(&I);
  return nullptr;
}

/// States up to which a function takes over those of callees: a call tree that
/// branches at each level has as many as it has leaves.
static constexpr unsigned MaxStates = 1000;

/// The callee of a wait, if the states of its own are known, and few enough.
static Function *directCallee(const SuspendPoint &Point, unsigned Room) {
  Function *Poll = Point.childPoll();
  Function *Callee = Poll ? coroutineOf(*Poll) : nullptr;
  std::optional<unsigned> States =
      Callee ? suspendStates(*Callee) : std::nullopt;
  return States && *States && *States <= Room ? Callee : nullptr;
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
  unsigned Next = CORO_STATE_FIRST;
  // Without optimisation a debugger finds each waiting call on the stack.
  unsigned Room = F.hasOptNone() ? 0 : MaxStates;
  for (SuspendPoint &Point : Points) {
    if (Function *Callee = directCallee(Point, Room)) {
      Point.Direct = Callee;
      Point.States = *coro::suspendStates(*Callee);
      Room -= Point.States;
    }
    Point.State = Next;
    Next += Point.States;
  }
}

unsigned Coroutine::endOfStates() const {
  return Points.empty() ? unsigned(CORO_STATE_FIRST)
                        : Points.back().State + Points.back().States;
}

unsigned Coroutine::suspendStates() const {
  return endOfStates() - CORO_STATE_FIRST;
}

bool Coroutine::hasDirectWaits() const {
  return any_of(Points, [](const SuspendPoint &P) { return P.Direct; });
}

} // namespace coro
