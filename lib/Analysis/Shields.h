//===-- Shields.h - What cancellation waits for -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_ANALYSIS_SHIELDS_H
#define CORO_ANALYSIS_SHIELDS_H

#include "llvm/ADT/DenseMap.h"
#include "llvm/IR/Function.h"

namespace coro {

class Shields {
  /// How many shields are open where a block begins; absent for none.
  llvm::DenseMap<const llvm::BasicBlock *, unsigned> AtStart;

public:
  explicit Shields(const llvm::Function &F);
  bool cover(const llvm::Instruction &I) const;
};

} // namespace coro

#endif
