//===-- PlainEnd.cpp - Functions that can only return or go ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Question: does f.start or f.poll end with anything but DONE, or f.cancel with
// anything but CANCELLED? If not, a caller need not look.
//
// It takes a raise; or a suspension in a shield, for then cancelling f takes
// several calls, of which polls may be the later ones, and f may be done in
// between; or a wait for somebody who can do either, or of whom nothing is
// known. coro.stay stands where a wait was spelled out.
//
// Invalidated by any change to the function. The answer must not depend on the
// functions that the unit happens to define: a layout may not depend on it.
//
//===----------------------------------------------------------------------===//

#include "Analysis/PlainEnd.h"
#include "Analysis/FusePolicy.h"
#include "Analysis/Shields.h"
#include "IR/Coroutine.h"
#include "IR/Facts.h"

using namespace llvm;

namespace coro {

bool findPlainEnd(Function &F) {
  if (raises(F) || !isFinalDefinition(F) || !callsOf(F, Marker::Stay).empty())
    return false;
  Shields All(F);
  for (const SuspendPoint &Point : Coroutine(F).Points) {
    if (All.cover(*Point.Call))
      return false;
    if (Point.childPoll() && Point.childEnds() != ChildEnds::Plainly)
      return false;
  }
  return true;
}

/// The callee of a wait, if it is one of this unit.
static const Function *childAt(const SuspendPoint &Point) {
  const auto *Frame =
      Point.child() ? dyn_cast<AllocaInst>(Point.child()) : nullptr;
  return Frame ? childOf(*Frame) : nullptr;
}

bool findCancelsAtOnce(Function &F) {
  if (!callsOf(F, Marker::Stay).empty())
    return false;
  Shields All(F);
  for (const SuspendPoint &Point : Coroutine(F).Points) {
    if (All.cover(*Point.Call))
      return false;
    const Function *Child = childAt(Point);
    if (Point.child() && !(Child && cancelsAtOnce(*Child)))
      return false;
  }
  return true;
}

bool findCancelsSilently(Function &F) {
  if (!isFinalDefinition(F) || !callsOf(F, Marker::Stay).empty())
    return false;
  Shields All(F);
  for (const SuspendPoint &Point : Coroutine(F).Points) {
    if (All.cover(*Point.Call) || Point.resumeMarker(Marker::Cancelled) ||
        Point.resumeMarker(Marker::Status))
      return false;
    const Function *Child = childAt(Point);
    if (Point.child() && !(Child && cancelsSilently(*Child)))
      return false;
  }
  return true;
}

} // namespace coro
