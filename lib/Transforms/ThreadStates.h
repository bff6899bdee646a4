//===-- ThreadStates.h - Loops over generators, dissolved -------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_THREADSTATES_H
#define CORO_TRANSFORMS_THREADSTATES_H

#include "llvm/IR/PassManager.h"

namespace coro {

/// Late in the optimisation of each function: see the .cpp.
class ThreadStates : public llvm::PassInfoMixin<ThreadStates> {
public:
  llvm::PreservedAnalyses run(llvm::Function &F,
                              llvm::FunctionAnalysisManager &AM);
};

} // namespace coro

#endif
