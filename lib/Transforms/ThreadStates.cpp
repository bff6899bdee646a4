//===-- ThreadStates.cpp - Loops over generators, dissolved ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A generator that is used in one function and finished there needs no frame:
// LLVM inlines its parts and keeps in registers what they have stored. What is
// left of a generator with several coro_yield is the state index:
//
//   loop:  %state = phi [3, %entry], [4, %a], [5, %b]
//          ... the body ...
//          switch %state: 3 -> a, 4 -> b, 5 -> c
//
// Where the body was entered from says where the switch will go, so each way
// through gets a body of its own and there is no switch. LLVM has that as a
// pass, which it leaves out unless it is asked for, since in ordinary code it
// seldom pays; its own limits say when copies of the body are too many.
//
//===----------------------------------------------------------------------===//

#include "Transforms/ThreadStates.h"
#include "IR/Facts.h"
#include "Support/Compat.h"
#include "llvm/Transforms/Scalar/DFAJumpThreading.h"

using namespace llvm;

namespace coro {

PreservedAnalyses ThreadStates::run(Function &F, FunctionAnalysisManager &AM) {
  if (!isConsumer(F))
    return PreservedAnalyses::all();
  setConsumer(F, false);
  if (!HasReliableStateThreading)
    return PreservedAnalyses::all();
  return DFAJumpThreadingPass().run(F, AM);
}

} // namespace coro
