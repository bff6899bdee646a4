//===-- CallGraph.h - Calls between functions that yield --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_ANALYSIS_CALLGRAPH_H
#define CORO_ANALYSIS_CALLGRAPH_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/InstrTypes.h"
#include "llvm/IR/Module.h"
#include <vector>

namespace coro {

/// The function that yields which this calls, or null. The markers of the
/// header are none.
llvm::Function *yieldingCallee(const llvm::CallBase &Call);

/// One call on a cycle of functions that would each contain the next's frame.
struct CycleStep {
  llvm::Function *Caller;
  llvm::Instruction *Call;
};

/// The defined functions that yield, callees before callers, otherwise in the
/// order of the module. Each cycle found is added to Cycles; the order is then
/// still complete, and means nothing along the cycle.
std::vector<llvm::Function *>
calleesFirst(llvm::Module &M,
             std::vector<std::vector<CycleStep>> *Cycles = nullptr);

} // namespace coro

#endif
