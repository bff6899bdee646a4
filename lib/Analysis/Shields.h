//===-- Shields.h - What cancellation waits for -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_ANALYSIS_SHIELDS_H
#define CORO_ANALYSIS_SHIELDS_H

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/IR/Function.h"

namespace coro {

class Shields {
  /// The shields that are open where a block begins; absent for none.
  llvm::DenseMap<const llvm::BasicBlock *, llvm::BitVector> AtStart;
  /// A bit for each number that a marker has.
  llvm::DenseMap<uint64_t, unsigned> Bits;

  llvm::BitVector atStart(const llvm::BasicBlock &Block) const;
  void pass(const llvm::Instruction &I, llvm::BitVector &Open) const;

public:
  explicit Shields(const llvm::Function &F);
  bool cover(const llvm::Instruction &I) const;
};

} // namespace coro

#endif
