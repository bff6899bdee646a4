//===-- BoundArguments.h - Where arguments wait to be used ------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_ANALYSIS_BOUNDARGUMENTS_H
#define CORO_ANALYSIS_BOUNDARGUMENTS_H

#include "IR/Coroutine.h"

namespace coro {

/// Where one argument waits between coro_start and the first poll.
struct BoundArgument {
  unsigned Parameter;
  uint64_t Offset;
  uint64_t Size;
  uint64_t Align;
};

/// Where the arguments of a started task are, in the order of the parameters.
/// Depends on the signature and the size of the state index alone.
struct BoundArguments {
  llvm::SmallVector<BoundArgument, 8> Arguments;
  /// The end of the last one; at least the state index.
  uint64_t End;
  uint64_t Align;

  explicit BoundArguments(const Coroutine &C);
};

} // namespace coro

#endif
