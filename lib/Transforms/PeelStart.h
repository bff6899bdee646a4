//===-- PeelStart.h - The first poll of a loop is the start -----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_PEELSTART_H
#define CORO_TRANSFORMS_PEELSTART_H

#include "llvm/IR/PassManager.h"

namespace coro {

/// Before the loops of each function are optimised: see the .cpp.
class PeelStart : public llvm::PassInfoMixin<PeelStart> {
public:
  llvm::PreservedAnalyses run(llvm::Function &F,
                              llvm::FunctionAnalysisManager &AM);
};

} // namespace coro

#endif
