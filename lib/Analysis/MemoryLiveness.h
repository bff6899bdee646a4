//===-- MemoryLiveness.h - Where variables are alive ------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_ANALYSIS_MEMORYLIVENESS_H
#define CORO_ANALYSIS_MEMORYLIVENESS_H

#include "Analysis/MemoryUses.h"
#include "IR/Coroutine.h"
#include "llvm/ADT/BitVector.h"
#include <vector>

namespace coro {

struct MemoryLiveness {
  MemoryUses Uses;
  /// For each suspension: the variables whose contents it must keep.
  std::vector<llvm::BitVector> AtPoint;
  /// For each variable: those alive at a moment when it is.
  std::vector<llvm::BitVector> Conflicts;
  /// For each block: the variables that are alive somewhere in it.
  llvm::DenseMap<const llvm::BasicBlock *, llvm::BitVector> InBlock;
  /// Variables whose lifetime markers enclose a suspension.
  llvm::BitVector ScopeCrosses;

  explicit MemoryLiveness(const Coroutine &C);

private:
  friend class MemoryFlow;
};

} // namespace coro

#endif
