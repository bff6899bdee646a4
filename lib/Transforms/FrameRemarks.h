//===-- FrameRemarks.h - What a frame holds, as remarks ---------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_FRAMEREMARKS_H
#define CORO_TRANSFORMS_FRAMEREMARKS_H

#include "Analysis/FrameRecord.h"
#include "Transforms/Passes.h"

namespace coro {

/// Whether somebody asked for remarks about F's frame.
bool wantsFrameRemarks(const llvm::Function &F, const PassConfig &Config);

/// Says how large the frame is, and of each part where it is and what keeps it.
/// Before the function is changed: the suspensions say where they are.
void remarkFrame(const Coroutine &C, const FrameRecord &Record);

} // namespace coro

#endif
