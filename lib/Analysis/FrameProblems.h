//===-- FrameProblems.h - What cannot be kept in a frame --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_ANALYSIS_FRAMEPROBLEMS_H
#define CORO_ANALYSIS_FRAMEPROBLEMS_H

#include "Analysis/FrameLayout.h"

namespace coro {

/// Errors about what is alive across a suspension of C and must not be. Looks
/// at the liveness in Layout, not at its offsets.
std::vector<Problem> findFrameProblems(const Coroutine &C,
                                       const FrameLayout &Layout);

} // namespace coro

#endif
