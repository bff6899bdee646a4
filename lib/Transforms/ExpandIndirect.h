//===-- ExpandIndirect.h - Waiting calls through pointers -------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_EXPANDINDIRECT_H
#define CORO_TRANSFORMS_EXPANDINDIRECT_H

#include "Transforms/CalleeEnd.h"
#include "llvm/IR/IRBuilder.h"

namespace coro {

/// Expands the call that is made through the result of a __coro_indirect
/// marker, and the marker.
void expandIndirect(llvm::CallBase &MarkerCall);

/// Runs the function that a descriptor describes to its end where Call stands,
/// with Call's arguments, in Frame. The result stays at its Place there.
llvm::Value *insertRun(llvm::CallInst &Call, llvm::Value &Frame,
                       const CalleeEnd &End, bool Receives);

} // namespace coro

#endif
