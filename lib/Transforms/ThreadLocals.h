//===-- ThreadLocals.h - Addresses that belong to a thread ------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_THREADLOCALS_H
#define CORO_TRANSFORMS_THREADLOCALS_H

#include "llvm/IR/Function.h"

namespace coro {

/// Takes the address of a thread-local again at each access that clang made
/// through it. Must run before variables are put into registers.
void sinkThreadLocals(llvm::Function &F);

} // namespace coro

#endif
