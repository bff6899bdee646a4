//===-- Split.cpp - frame-split: start, poll, cancel, bind ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Cuts a function at its suspensions. Three copies are made of it, each in a
// file of its own:
//
//   f.start    from the top to the first suspension      StartPart.cpp
//   f.poll     from each suspension to the next          PollPart.cpp
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
#include "llvm/ADT/Statistic.h"

#define DEBUG_TYPE "frame-split"

using namespace llvm;

STATISTIC(NumSplit, "Number of functions split");

namespace coro {

/// f.poll calls f.start, and f.cancel f.poll: inlining either there would
/// define its labels twice.
static void keepOnce(Function &F) {
  for (Function *Part : {startOf(F), pollOf(F), cancelOf(F)}) {
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

PreservedAnalyses Split::run(Module &M, ModuleAnalysisManager &) {
  SmallVector<Function *, 8> Coroutines;
  for (Function &F : M)
    if (isCoroutine(F) && !F.isDeclaration())
      Coroutines.push_back(&F);
  for (Function *F : Coroutines) {
    if (isPlaced(*F)) {
      Coroutine C(*F);
      buildStart(C);
      buildPoll(C);
      buildCancel(C);
      ++NumSplit;
      if (isConsumer(*F))
        for (Function *Part : {startOf(*F), pollOf(*F), cancelOf(*F)})
          setConsumer(*Part, true);
      if (stopsExceptions(*F))
        for (Function *Part : {startOf(*F), pollOf(*F), cancelOf(*F)})
          stopExceptions(*Part, F->getName());
      if (definesAsmLabel(*F))
        keepOnce(*F);
      if (!F->isVarArg())
        buildBind(C);
    }
  }
  return Coroutines.empty() ? PreservedAnalyses::all()
                            : PreservedAnalyses::none();
}

} // namespace coro
