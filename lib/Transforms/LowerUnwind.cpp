//===-- LowerUnwind.cpp - effect-unwind: raises are control flow ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//   invoke i32 @parse(ptr %s)     becomes   %r = call { i32, i8 } @parse(ptr
//   %s,
//     to label %on unwind %pad                     ptr %coro.error)
//                                           %o = extractvalue %r, 1
//                                           br (%o == 0), %on, %pad
//
// clang makes unwind edges for cleanups; here they become edges like others,
// and what lies behind them code like other code. Functions that raise get the
// outcome form of IR/Outcome.h, and so do their calls. What is raised is
// written straight to the place where it is wanted: the variable of the
// coro_catch that a landing pad leads to, or else the place that the function's
// own caller gave it. No unwinder is called, and none needs a table.
//
// Where the program itself is compiled with -fexceptions, the foreign ones go
// where they went: they share the code behind the landing pads, and are told
// from raises by the slot for the exception, which is then not null.
//
//===----------------------------------------------------------------------===//

#include "IR/Facts.h"
#include "IR/Markers.h"
#include "IR/Outcome.h"
#include "Transforms/OutcomeForm.h"
#include "Transforms/Passes.h"
#include "Transforms/UnwindEdges.h"
#include "llvm/ADT/Statistic.h"
#include "llvm/IR/InstIterator.h"

#define DEBUG_TYPE "effect-unwind"

using namespace llvm;

STATISTIC(NumRaising, "Number of ordinary functions that raise");

namespace coro {

/// Functions that raise, declared ones as well.
static bool changeSignatures(Module &M) {
  SmallVector<Function *, 8> Raising;
  for (Function &F : M)
    if (raises(F) && !hasOutcome(F) && !isCoroutine(F))
      Raising.push_back(&F);
  for (Function *F : Raising)
    giveOutcomeForm(*F);
  NumRaising += Raising.size();
  return !Raising.empty();
}

/// The first call that may raise, or coro_try; null for none.
static CallBase *findRaise(Function &F) {
  for (Instruction &I : instructions(F)) {
    auto *Call = dyn_cast<CallBase>(&I);
    if (Call && (raisingCallee(*Call) || isMarker(Call, Marker::Try) ||
                 isMarker(Call, Marker::Raise)))
      return Call;
  }
  return nullptr;
}

PreservedAnalyses LowerUnwind::run(Module &M, ModuleAnalysisManager &) {
  bool Changed = changeSignatures(M);
  for (Function &F : M)
    if (!F.isDeclaration()) {
      CallBase *Raise = findRaise(F);
      if (Raise && isCoroutine(F))
        Config.report(makeProblem(DiagID::Unsupported, F, Raise,
                                  {"raising", F.getName().str(),
                                   "a function that yields can neither raise "
                                   "nor catch"}),
                      F);
      if (!Raise && !hasOutcome(F) && !hasOwnEdges(F))
        continue;
      lowerUnwindEdges(F, Config);
      Changed = true;
    }
  return Changed ? PreservedAnalyses::none() : PreservedAnalyses::all();
}

} // namespace coro
