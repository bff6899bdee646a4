//===-- FrameSection.h - Frame records in the object ------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_FRAMESECTION_H
#define CORO_TRANSFORMS_FRAMESECTION_H

#include "Analysis/FrameRecord.h"
#include "Transforms/Passes.h"

namespace coro {

/// Whether F's frame is to be described in the object.
bool wantsRecord(const llvm::Function &F, const PassConfig &Config);

/// Keeps the record until it is known whether anything is left of its function.
void keepRecord(llvm::Module &M, const FrameRecord &Record);

/// Writes what is kept of functions that have parts, and forgets the rest.
void writeRecords(llvm::Module &M);

} // namespace coro

#endif
