//===-- ExpandIndirect.h - Waiting calls through pointers -------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_EXPANDINDIRECT_H
#define CORO_TRANSFORMS_EXPANDINDIRECT_H

#include "IR/Facts.h"
#include "llvm/IR/IRBuilder.h"

namespace coro {

/// Expands the call that is made through the result of a __coro_indirect
/// marker, and the marker.
void expandIndirect(llvm::CallBase &MarkerCall);

/// Runs the function that a descriptor describes to its end where Call stands,
/// with Call's arguments, in Frame. The result stays at its Place there.
void insertRun(llvm::CallInst &Call, llvm::Value &Frame,
               llvm::Value *Descriptor, const ResultPlace &Place,
               bool Receives);

} // namespace coro

#endif
