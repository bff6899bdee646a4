//===-- LoopFlags.h - What coro_for notes beside its task -------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_LOOPFLAGS_H
#define CORO_TRANSFORMS_LOOPFLAGS_H

#include "llvm/IR/Function.h"

namespace coro {

/// Variable is a coro_for's: a task, and flags from Offset on.
void noteLoopFlags(llvm::Value &Variable, uint64_t Offset);

/// Gives the flags of loops variables of their own. True where there were any.
bool splitLoopFlags(llvm::Function &F);

} // namespace coro

#endif
