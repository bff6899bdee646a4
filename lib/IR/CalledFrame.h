//===-- CalledFrame.h - A frame as part of its caller's ---------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_IR_CALLEDFRAME_H
#define CORO_IR_CALLEDFRAME_H

#include "llvm/IR/Function.h"
#include <optional>

namespace coro {

/// What the frame of a call takes of its caller's. It can be less than that of
/// a task: no arguments wait in it to be used.
struct CalledFrame {
  uint64_t Size;
  uint64_t Align;
  /// The most of these bytes that are alive at one suspension.
  uint64_t MostAlive;
};

/// As frame-place recorded it; where coro_frame(N) speaks for the function, all
/// that it promises. Nothing where neither is there.
std::optional<CalledFrame> calledFrame(const llvm::Function &F);
void setCalledFrame(llvm::Function &F, const CalledFrame &Called);

} // namespace coro

#endif
