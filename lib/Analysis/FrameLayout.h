//===-- FrameLayout.h - Coroutine in, offsets out ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_ANALYSIS_FRAMELAYOUT_H
#define CORO_ANALYSIS_FRAMELAYOUT_H

#include "Analysis/MemoryLiveness.h"
#include "Analysis/Remat.h"
#include "Analysis/ValueLiveness.h"
#include "IR/Facts.h"
#include "Support/Diagnostics.h"
#include "Support/Options.h"

namespace coro {

/// Where one argument waits between coro_start and the first poll.
struct BoundArgument {
  unsigned Parameter;
  uint64_t Offset;
  uint64_t Size;
  uint64_t Align;
};

/// Where the arguments of a started task are. Depends on the signature alone.
struct BoundArguments {
  llvm::SmallVector<BoundArgument, 8> Arguments;
  uint64_t End;
  uint64_t Align;

  explicit BoundArguments(const llvm::Function &F);
};

/// One thing in a frame.
struct FrameObject {
  /// A value that crosses, or the alloca of a variable.
  llvm::Value *What;
  uint64_t Size;
  uint64_t Align;
  uint64_t Offset;
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
  std::vector<Problem> Problems;

  FrameLayout(const Coroutine &C, const Options &Opts);

private:
  void collect(const Coroutine &C, const Options &Opts);
  void place(const Coroutine &C, const Options &Opts);
  void settle(const Coroutine &C);
};

} // namespace coro

#endif
