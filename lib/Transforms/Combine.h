//===-- Combine.h - Waiting for several things at once ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_COMBINE_H
#define CORO_TRANSFORMS_COMBINE_H

#include "llvm/IR/PassManager.h"

namespace coro {

/// Expands __coro_wait, __coro_join and the like to loops.
void lowerCombinators(llvm::Module &M, llvm::ModuleAnalysisManager &AM);

} // namespace coro

#endif
