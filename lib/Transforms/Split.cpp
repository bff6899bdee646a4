//===-- Split.cpp - frame-split: start, poll, cancel, bind ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Cuts a function at its suspensions. Copies are made of it, each in a file of
// its own:
//
//   f.start    from the top to the first suspension      StartPart.cpp
//   f.poll     from each suspension to the next          PollPart.cpp
//   f.resume   the same, where f.poll has to see to      ResumePart.cpp
//              callees first
//   f.cancel   from each suspension along the paths of   CancelPart.cpp
//              cancellation
//
//===----------------------------------------------------------------------===//

#include "Analysis/AsmLabels.h"
#include "IR/Facts.h"
#include "IR/Markers.h"
#include "IR/Outcome.h"
#include "IR/Parts.h"
#include "Transforms/PartBuilder.h"
#include "Transforms/Passes.h"
#include "Transforms/StopExceptions.h"
#include "coro/abi.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/Statistic.h"
#include <memory>

#define DEBUG_TYPE "frame-split"

using namespace llvm;

STATISTIC(NumSplit, "Number of functions split");

namespace coro {

static SmallVector<Function *, 4> partsOf(const Coroutine &C) {
  SmallVector<Function *, 4> Parts = {startOf(C.F), pollOf(C.F), cancelOf(C.F)};
  if (C.hasDirectWaits())
    Parts.push_back(resumeOf(C.F));
  return Parts;
}

/// f.poll calls f.start, and f.cancel f.poll: inlining either there would
/// define its labels twice.
static void keepOnce(const Coroutine &C) {
  for (Function *Part : partsOf(C)) {
    Part->removeFnAttr(Attribute::AlwaysInline);
    Part->removeFnAttr(Attribute::InlineHint);
    Part->addFnAttr(Attribute::NoInline);
  }
}

/// A function whose frame could not be placed was reported; its body goes, so
/// that the rest of the pipeline has IR it can check.
static bool isPlaced(const Function &F) {
  return frameFacts(F).has_value() &&
         !callsOf(const_cast<Function &>(F), Marker::Frame).empty();
}

/// Somebody who is not waiting for F uses this part of it.
static bool isUsed(const Function &F, StringRef Suffix) {
  const Function *Part =
      F.getParent()->getFunction((F.getName() + Suffix).str());
  return Part && any_of(Part->users(), [](const User *U) {
           return !isMarker(U, Marker::Wait);
         });
}

/// Whose frames others have than callers that wait for it directly: they may
/// poll or cancel one that has not begun, or is over.
static SmallPtrSet<const Function *, 16>
findRoots(ArrayRef<std::unique_ptr<Coroutine>> Coroutines) {
  SmallPtrSet<const Function *, 16> Roots;
  for (const std::unique_ptr<Coroutine> &C : Coroutines) {
    if (hasTasks(C->F) || isUsed(C->F, PollSuffix) ||
        isUsed(C->F, CancelSuffix))
      Roots.insert(&C->F);
    for (const SuspendPoint &Point : C->Points)
      if (Point.childPoll() && !Point.Direct)
        if (const Function *Child = coroutineOf(*Point.childPoll()))
          Roots.insert(Child);
  }
  return Roots;
}

static void split(const Coroutine &C, bool IsRoot, CoroutineLookup Lookup) {
  Function &F = C.F;
  buildStart(C);
  buildPoll(C, IsRoot, Lookup);
  if (C.hasDirectWaits())
    buildResume(C, IsRoot);
  buildCancel(C, IsRoot);
  ++NumSplit;
  for (Function *Part : partsOf(C)) {
    if (isConsumer(F))
      setConsumer(*Part, true);
    if (stopsExceptions(F))
      stopExceptions(*Part, F.getName());
  }
  if (definesAsmLabel(F))
    keepOnce(C);
  if (!F.isVarArg())
    buildBind(C);
}

PreservedAnalyses Split::run(Module &M, ModuleAnalysisManager &) {
  // Before any of them is built, since they use one another.
  std::vector<std::unique_ptr<Coroutine>> Coroutines;
  DenseMap<const Function *, const Coroutine *> ByFunction;
  bool Any = false;
  for (Function &F : M) {
    if (!isCoroutine(F) || F.isDeclaration())
      continue;
    Any = true;
    if (!isPlaced(F))
      continue;
    Coroutines.push_back(std::make_unique<Coroutine>(F));
    ByFunction[&F] = Coroutines.back().get();
  }
  SmallPtrSet<const Function *, 16> Roots = findRoots(Coroutines);
  auto lookup = [&](const Function &F) -> const Coroutine & {
    return *ByFunction.at(&F);
  };
  for (const std::unique_ptr<Coroutine> &C : Coroutines)
    split(*C, Roots.contains(&C->F), lookup);
  return Any ? PreservedAnalyses::none() : PreservedAnalyses::all();
}

} // namespace coro
