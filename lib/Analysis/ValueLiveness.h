//===-- ValueLiveness.h - Values that cross a suspension --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_ANALYSIS_VALUELIVENESS_H
#define CORO_ANALYSIS_VALUELIVENESS_H

#include "IR/Coroutine.h"
#include "llvm/ADT/MapVector.h"
#include <memory>

namespace coro {

/// For each value that is alive across a suspension, which ones: indices into
/// Coroutine::Points, ascending. Values in the order of the text.
using CrossingMap =
    llvm::MapVector<llvm::Value *, llvm::SmallVector<unsigned, 4>>;

CrossingMap crossingValues(const Coroutine &C);

class ValueWalker;

/// Answers where a value must be at hand again.
class ResumeNeeds {
  std::unique_ptr<ValueWalker> Walker;

public:
  explicit ResumeNeeds(const Coroutine &C);
  ~ResumeNeeds();
  /// The suspensions behind which V is used, before another one keeps it,
  /// ascending. UsedIn are blocks that use it besides its uses.
  llvm::SmallVector<unsigned, 4>
  of(const llvm::Value &V, llvm::ArrayRef<const llvm::BasicBlock *> UsedIn);
};

/// No liveness: every value that is used outside of its block, at every
/// suspension. For bisecting.
CrossingMap allValues(const Coroutine &C);

} // namespace coro

#endif
