//===-- EndingCalls.cpp - Calls that may end in several ways --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Transforms/EndingCalls.h"
#include "IR/Facts.h"
#include "IR/Markers.h"
#include "IR/Outcome.h"
#include "Transforms/BindTask.h"
#include "llvm/IR/Constants.h"

using namespace llvm;

namespace coro {

/// The markers around a callee that is known at run time say how large an error
/// may be, and how aligned: 0 for one that does not raise.
static bool saysItRaises(const CallBase &MarkerCall, unsigned Alignment) {
  if (MarkerCall.arg_size() <= Alignment)
    return false;
  const auto *Known =
      dyn_cast<ConstantInt>(MarkerCall.getArgOperand(Alignment));
  return Known && !Known->isZero();
}

std::optional<EndingCall> endingCall(CallBase &Call) {
  Value *Callee = Call.getCalledOperand();
  if (auto *Mark = dyn_cast<CallBase>(Callee)) {
    if (isMarker(Mark, Marker::Raising))
      return EndingCall{Mark->getArgOperand(0), false, true};
    if (isMarker(Mark, Marker::Indirect) || isMarker(Mark, Marker::TryBox))
      return EndingCall{Mark, true, saysItRaises(*Mark, 6)};
    if (!isMarker(Mark, Marker::BlockOn))
      return std::nullopt;
    // A task without an owner but the call is not cancelled.
    Function *F = functionOperand(Mark->getArgOperand(1));
    if (F && hasOutcome(*F) && raises(*F))
      return EndingCall{Mark, false, true};
    return std::nullopt;
  }
  auto *F = dyn_cast<Function>(Callee->stripPointerCasts());
  if (!F || !hasOutcome(*F))
    return std::nullopt;
  return EndingCall{F, isCoroutine(*F), raises(*F)};
}

} // namespace coro
