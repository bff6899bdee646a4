//===-- Verify.cpp - The normal forms between the passes ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// After frame-expand: each suspension is the last instruction before an
// unconditional jump to a block that is reached from nowhere else (values are
// loaded there, which would be wrong on another way in), nothing is left of
// the calls, and no suspension has an unwind edge. After the pipeline: no
// marker is left.
//
//===----------------------------------------------------------------------===//

#include "IR/Verify.h"
#include "Analysis/CallGraph.h"
#include "IR/Facts.h"
#include "IR/Markers.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace coro {

static bool complain(const Instruction &I, StringRef What, raw_ostream &OS) {
  OS << "coro: in " << I.getFunction()->getName() << ": " << What << ":\n"
     << I << '\n';
  return true;
}

static bool verifyPoint(CallBase &Point, raw_ostream &OS) {
  const Instruction *Next = Point.getNextNode();
  const auto *Jump = dyn_cast_or_null<BranchInst>(Next);
  if (!isa<CallInst>(Point))
    return complain(Point, "suspension with an unwind edge", OS);
  if (!Jump || !Jump->isUnconditional())
    return complain(Point, "suspension not before a jump", OS);
  if (Jump->getSuccessor(0)->getSinglePredecessor() != Point.getParent())
    return complain(Point, "resumed where other blocks go", OS);
  return false;
}

bool verifyNormalForm(Module &M, raw_ostream &OS) {
  bool Broken = false;
  for (Function &F : M) {
    SmallVector<CallBase *, 8> Points = callsOf(F, Marker::Point);
    append_range(Points, callsOf(F, Marker::Wait));
    for (CallBase *Point : Points)
      Broken |= verifyPoint(*Point, OS);
    bool Placed = !callsOf(F, Marker::Frame).empty();
    for (Instruction &I : instructions(F)) {
      auto *Call = dyn_cast<CallBase>(&I);
      if (Call && Placed &&
          (yieldingCallee(*Call) || isMarker(Call, Marker::Suspend) ||
           isMarker(Call, Marker::Yield)))
        Broken |= complain(I, "a waiting call that was not expanded", OS);
    }
  }
  return Broken;
}

} // namespace coro
