//===-- UnwindPaths.h - Where raises are caught -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_ANALYSIS_UNWINDPATHS_H
#define CORO_ANALYSIS_UNWINDPATHS_H

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/InstrTypes.h"
#include "llvm/IR/Instructions.h"

namespace coro {

/// One coro_try of a function, as clang has made IR of it.
struct TryBlock {
  /// __coro_try(slot): 1 where the block is entered.
  llvm::CallBase *Begin;
  /// The place for what is raised in the block.
  llvm::Value *Slot;
  /// Calls of __coro_try_end: where the block is left by a raise, and where it
  /// is left otherwise.
  llvm::SmallVector<llvm::CallBase *, 2> UnwindEnds, NormalEnds;
};

/// What sets the guard, the variable whose cleanup this marker is; null for
/// nothing.
llvm::StoreInst *guardStore(llvm::CallBase &End);
/// True where a landing pad is between the guard and this end of its scope.
bool isUnwinding(llvm::CallBase &End, const llvm::StoreInst &Guard);

/// What the landing pads of a function lead to. To be asked before any of it is
/// changed.
class UnwindPaths {
  llvm::MapVector<llvm::Value *, TryBlock> Tries; // by their slot
  llvm::DenseMap<llvm::CallBase *, TryBlock *> Ends;
  llvm::DenseMap<llvm::BasicBlock *, TryBlock *> Known;

public:
  explicit UnwindPaths(llvm::Function &F);
  llvm::MapVector<llvm::Value *, TryBlock> &tries() { return Tries; }
  /// The block whose coro_catch gets what is raised where this landing pad is
  /// gone to; null where the function is left.
  TryBlock *caughtBy(llvm::BasicBlock &Pad);
};

} // namespace coro

#endif
