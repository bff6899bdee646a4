//===-- LeaveTasks.h - Tasks whose scope ends before they do ----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_LEAVETASKS_H
#define CORO_TRANSFORMS_LEAVETASKS_H

#include "Transforms/Passes.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/InstrTypes.h"

namespace coro {

/// The generators of coro_for loops, by the loop's variable.
class LoopFrames {
  struct Loop {
    llvm::Function *F;
    /// Where the loop's variable says that the generator is suspended.
    int64_t MoreOffset;
  };
  llvm::DenseMap<const llvm::Value *, Loop> Loops;

public:
  /// A loop begins.
  void add(llvm::CallBase &Begin, llvm::Function &F);
  /// Cancels the generator of a loop that is left, if it is suspended.
  void lowerEnd(llvm::CallBase &End);
};

/// coro_cancel_now: whether it can be done is for checkCancelsNow to say, once
/// that is known.
void lowerCancelNow(llvm::CallBase &MarkerCall, llvm::Function &F);
void checkCancelsNow(llvm::Module &M, const PassConfig &Config);
/// coro_request_cancel
void lowerRequestCancel(llvm::CallBase &MarkerCall, llvm::Function &F);

/// What the front end has put around a local task that is left suspended
/// between two resumptions: cancels it where its scope is left by unwinding.
void lowerTaskScopes(llvm::Module &M);

} // namespace coro

#endif
