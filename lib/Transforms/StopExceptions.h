//===-- StopExceptions.h - Exceptions of others in coroutines ---*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_STOPEXCEPTIONS_H
#define CORO_TRANSFORMS_STOPEXCEPTIONS_H

#include "llvm/IR/Function.h"

namespace coro {

/// Ends the program, with a message that names Name, where an exception comes
/// to this part of a function that yields.
void stopExceptions(llvm::Function &Part, llvm::StringRef Name);

} // namespace coro

#endif
