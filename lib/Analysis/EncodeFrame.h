//===-- EncodeFrame.h - A frame record as bytes -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_ANALYSIS_ENCODEFRAME_H
#define CORO_ANALYSIS_ENCODEFRAME_H

#include "Analysis/FrameRecord.h"

namespace coro {

/// One record of the section .debug.coro; docs/abi.md has the format.
std::string encodeFrame(const FrameRecord &Record);

} // namespace coro

#endif
