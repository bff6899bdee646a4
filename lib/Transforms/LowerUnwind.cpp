//===-- LowerUnwind.cpp - effect-unwind: unwinding is control flow --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//   invoke i32 @parse(ptr %s)   becomes   %r = call { i32, i8 } @parse(ptr %s,
//     to label %on unwind %pad                     ptr %coro.error)
//                                         %o = extractvalue %r, 1
//                                         br (%o == 0), %on, %pad
//
// clang makes unwind edges for cleanups; here they become edges like others,
// and what lies behind them code like other code. Functions that raise or yield
// get the outcome form of IR/Outcome.h, and so do their calls. What is raised
// is written straight to the place where it is wanted: the variable of the
// coro_catch that a landing pad leads to, or else the place that the function's
// own caller gave it. Behind a suspension is the edge for a task that is
// cancelled there. No unwinder is called, and none needs a table.
//
// Where the program itself is compiled with -fexceptions, the foreign ones go
// through ordinary functions as they went: they share the code behind the
// landing pads, and are told from raises by the slot for the exception, which
// is then not null.
//
//===----------------------------------------------------------------------===//

#include "IR/Facts.h"
#include "IR/Markers.h"
#include "IR/Outcome.h"
#include "Transforms/BindTask.h"
#include "Transforms/DropUnused.h"
#include "Transforms/OutcomeForm.h"
#include "Transforms/Passes.h"
#include "Transforms/UnwindEdges.h"
#include "llvm/ADT/Statistic.h"
#include "llvm/IR/InstIterator.h"

#define DEBUG_TYPE "effect-unwind"

using namespace llvm;

STATISTIC(NumRaising, "Number of functions that raise");

namespace coro {

/// Functions that raise or yield, declared ones as well.
static bool changeSignatures(Module &M) {
  SmallVector<Function *, 8> Found;
  for (Function &F : M)
    if ((raises(F) || isCoroutine(F)) && !hasOutcome(F) &&
        !isMarkerName(F.getName()))
      Found.push_back(&F);
  for (Function *F : Found) {
    NumRaising += raises(*F);
    giveOutcomeForm(*F);
  }
  return !Found.empty();
}

/// True where something in an ordinary function may raise, or there are markers
/// around what a raise would run.
static bool seesRaises(Function &F) {
  static constexpr Marker Kinds[] = {Marker::Try,        Marker::Raise,
                                     Marker::Reraise,    Marker::DeferBegin,
                                     Marker::ShieldOpen, Marker::ShieldEnd};
  return any_of(instructions(F), [](Instruction &I) {
    auto *Call = dyn_cast<CallBase>(&I);
    return Call && (endingCall(*Call) || any_of(Kinds, [&](Marker Kind) {
                      return isMarker(Call, Kind);
                    }));
  });
}

PreservedAnalyses LowerUnwind::run(Module &M, ModuleAnalysisManager &) {
  // The copies of a generic may be all that was used of it.
  if (!Config.IsScratch)
    dropUnused(M, /*Yielding=*/false);
  bool Changed = changeSignatures(M);
  for (Function &F : M)
    if (!F.isDeclaration() &&
        (hasOutcome(F) || hasOwnEdges(F) || seesRaises(F))) {
      lowerUnwindEdges(F, Config);
      Changed = true;
    }
  for (CallBase *Call : callsOf(M, Marker::BlockOn)) {
    lowerBlockOn(*Call);
    Changed = true;
  }
  return Changed ? PreservedAnalyses::none() : PreservedAnalyses::all();
}

} // namespace coro
