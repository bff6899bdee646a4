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

/// ((typeof(&f))__coro_block_on(parker, f))(arguments...): coro_block_on.
void lowerBlockOn(llvm::CallBase &MarkerCall, const PassConfig &Config);

/// The function a marker is given, or null.
llvm::Function *functionOperand(llvm::Value *V);

} // namespace coro

#endif
