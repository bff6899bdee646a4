//===-- DeferredBlocks.h - One copy of each _Defer --------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_DEFERREDBLOCKS_H
#define CORO_TRANSFORMS_DEFERREDBLOCKS_H

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/InstrTypes.h"

namespace coro {

/// The blocks of a function's _Defer statements. clang makes code for each
/// twice, for ways out of its scope and for unwind code, and the second one has
/// mistakes.
class DeferredBlocks {
  llvm::Function &F;
  /// In unwind code, in place of the second copy.
  llvm::SmallVector<llvm::CallBase *, 2> Runs;
  /// The markers around the first copy, by the block's number.
  llvm::DenseMap<uint64_t, llvm::CallBase *> Begins, Ends;

  void cut(llvm::CallBase &Begin);
  void share(uint64_t Number, llvm::ArrayRef<llvm::CallBase *> From);
  void forgetErased();
  void demoteCrossing();

public:
  /// Cuts the second copies out.
  explicit DeferredBlocks(llvm::Function &F);
  /// Has unwind code run the first ones. To be called once nothing unwinds.
  void join();
};

} // namespace coro

#endif
