//===-- KnownWaker.h - Whose waker a context has ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_KNOWNWAKER_H
#define CORO_TRANSFORMS_KNOWNWAKER_H

#include "llvm/IR/PassManager.h"

namespace coro {

/// Once polls are inlined where their context is made: see the .cpp.
class KnownWaker : public llvm::PassInfoMixin<KnownWaker> {
public:
  llvm::PreservedAnalyses run(llvm::Function &F,
                              llvm::FunctionAnalysisManager &AM);
};

} // namespace coro

#endif
