//===-- PrintFrames.h - Frame records as text and JSON ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_ANALYSIS_PRINTFRAMES_H
#define CORO_ANALYSIS_PRINTFRAMES_H

#include "Analysis/FrameRecord.h"
#include "llvm/Support/raw_ostream.h"

namespace coro {

/// A frame for people; docs/inspecting.md explains it.
void printFrame(const FrameRecord &Record, llvm::raw_ostream &OS);

/// The frames of a unit for tools: one JSON object in one line.
void printFramesAsJson(llvm::ArrayRef<FrameRecord> Records,
                       llvm::raw_ostream &OS);

} // namespace coro

#endif
