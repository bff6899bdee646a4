//===-- FrameLayout.h - Coroutine in, offsets out ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_ANALYSIS_FRAMELAYOUT_H
#define CORO_ANALYSIS_FRAMELAYOUT_H

#include "Analysis/BoundArguments.h"
#include "Analysis/MemoryLiveness.h"
#include "Analysis/Remat.h"
#include "Analysis/StoredTypes.h"
#include "Analysis/ValueLiveness.h"
#include "IR/CalledFrame.h"
#include "IR/Facts.h"
#include "Support/Diagnostics.h"
#include "Support/Options.h"

namespace coro {

/// One thing in a frame.
struct FrameObject {
  /// A value that crosses, or the alloca of a variable.
  llvm::Value *What;
  uint64_t Size;
  uint64_t Align;
  uint64_t Offset = 0;
  /// How a value is stored; the number of a variable in MemoryUses.
  StoredType Stored = {nullptr};
  unsigned Variable = 0;
};

struct FrameLayout {
  CrossingMap Crossing;
  RematSet Recomputed;
  MemoryLiveness Memory;
  /// Values first, then variables, each in the order of the text.
  std::vector<FrameObject> Objects;
  unsigned NumValues = 0;
  /// For each suspension, the objects whose bytes it keeps.
  std::vector<llvm::BitVector> AtPoint;
  FrameFacts Facts;
  CalledFrame Called;
  /// The most bytes that are alive at once while the task is at rest: before it
  /// runs, at a suspension, or when it is done. No layout takes less.
  uint64_t MostAlive = 0;
  std::vector<Problem> Problems;

  FrameLayout(const Coroutine &C, const Options &Opts);

private:
  void collect(const Coroutine &C, const Options &Opts);
  std::vector<llvm::BitVector> conflicts(const Coroutine &C) const;
  void place(const Coroutine &C, const Options &Opts);
  void settle(const Coroutine &C);
  void countAlive(const Coroutine &C);
};

} // namespace coro

#endif
