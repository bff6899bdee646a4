//===-- ThreadBranches.h - Ways on that are known ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_THREADBRANCHES_H
#define CORO_TRANSFORMS_THREADBRANCHES_H

#include "llvm/IR/Function.h"

namespace coro {

/// Whoever comes to a block that does nothing but branch, and which way is
/// known from where they come, goes there at once. Copies no instruction. True
/// where anything changed.
bool threadKnownBranches(llvm::Function &F);

} // namespace coro

#endif
