//===-- BindTask.h - Tasks and their arguments ------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_BINDTASK_H
#define CORO_TRANSFORMS_BINDTASK_H

#include "Transforms/Passes.h"
#include "llvm/IR/InstrTypes.h"

namespace coro {

/// ((typeof(&f))__coro_bind(frame, f))(arguments...): coro_start.
void lowerBind(llvm::CallBase &MarkerCall, const PassConfig &Config);

/// ((typeof(&f))__coro_new(&frame, allocator, f))(arguments...): coro_new.
void lowerNew(llvm::CallBase &MarkerCall, const PassConfig &Config);

/// ((typeof(&f))__coro_block_on(parker, f, ...))(arguments...): coro_block_on.
/// Where that cannot be a call, an error, and it is gone.
void checkBlockOn(llvm::CallBase &MarkerCall, const PassConfig &Config);
/// Makes a loop of it, once effect-unwind has seen how it may end.
void lowerBlockOn(llvm::CallBase &MarkerCall);

/// The function a marker is given, or null.
llvm::Function *functionOperand(llvm::Value *V);

} // namespace coro

#endif
