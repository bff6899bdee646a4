//===-- ExpandBoxed.h - Waiting calls in frames from allocators -*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_EXPANDBOXED_H
#define CORO_TRANSFORMS_EXPANDBOXED_H

#include "llvm/IR/IRBuilder.h"

namespace coro {

/// ((typeof(&*f))__coro_try_box(&ran, result, size, align, receives,
/// f))(arguments...): expands the call that is made through the marker's
/// result, and the marker.
void expandTryBox(llvm::CallBase &MarkerCall);

/// Asks From, a context or an allocator, for a frame: null where it refuses.
llvm::CallInst *takeFrame(llvm::IRBuilder<> &B, llvm::StringRef RuntimeFunction,
                          llvm::Value *From, llvm::Value *Descriptor);

} // namespace coro

#endif
