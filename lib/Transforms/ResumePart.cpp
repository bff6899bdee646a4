//===-- ResumePart.cpp - f.resume -----------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//   switch i32 %state, [ 3: resume.0, 5: ready.1, ... ]
//
// What follows each suspension of a function that has direct waits. Who calls
// it knows the state, and where a child was waited for, has polled that already
// and hands on what it said. Waits that are not direct poll their child here.
//
//===----------------------------------------------------------------------===//

#include "IR/Parts.h"
#include "Transforms/PartBuilder.h"
#include "Transforms/SplitDebug.h"
#include "coro/abi.h"

using namespace llvm;

namespace coro {

namespace {
class ResumePartBuilder : ResumeBuilder {
  BasicBlock *resumeDirect(const SuspendPoint &Point);

public:
  using ResumeBuilder::ResumeBuilder;
  void build();
};
} // namespace

/// The child has ended, with the status that is handed on.
BasicBlock *ResumePartBuilder::resumeDirect(const SuspendPoint &Point) {
  bool Plainly = Point.childEnds() == ChildEnds::Plainly;
  Value *Done = ConstantInt::get(Part.getReturnType(), CORO_DONE);
  setStatus(Point, Plainly ? Done : Part.getArg(3));
  return copied(Point.Resume);
}

void ResumePartBuilder::build() {
  cloneResumed();
  Part.setLinkage(GlobalValue::InternalLinkage);
  Part.setVisibility(GlobalValue::DefaultVisibility);
  lowerSuspensions();
  BasicBlock *Invalid = block("coro.invalid");
  IRBuilder<> B(Entry);
  SwitchInst *Switch = B.CreateSwitch(Part.getArg(2), Invalid, C.Points.size());
  for (const SuspendPoint &Point : C.Points) {
    BasicBlock *To = Point.Direct        ? resumeDirect(Point)
                     : Point.childPoll() ? buildWait(Point, /*SaysWhere=*/true)
                                         : copied(Point.Resume);
    Switch->addCase(B.getInt32(Point.State), To);
  }
  // The caller's switch has seen to that.
  B.SetInsertPoint(Invalid);
  B.CreateUnreachable();
  describeVariables(Part, frame(), Entry);
  finish(/*Cancelled=*/false);
}

void buildResume(const Coroutine &C, bool IsRoot) {
  ResumePartBuilder(C, *resumeOf(C.F), IsRoot).build();
}

} // namespace coro
