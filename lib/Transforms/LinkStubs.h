//===-- LinkStubs.h - What stands for a part until the link -----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_LINKSTUBS_H
#define CORO_TRANSFORMS_LINKSTUBS_H

#include "llvm/IR/Function.h"

namespace coro {

/// Gives Known's parts definitions that refer to Body and that nothing is
/// concluded from, with Body's linkage.
void makeStubs(llvm::Function &Known, llvm::Function &Body);

/// Ordinary functions that run a coroutine whose frame is unknown take its size
/// from the descriptor. True where there is one.
bool sizeFramesLater(
    llvm::Module &M,
    llvm::function_ref<bool(const llvm::Function &)> IsUnknown);

} // namespace coro

#endif
