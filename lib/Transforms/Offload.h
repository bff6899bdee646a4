//===-- Offload.h - Calls that run on another thread ------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_OFFLOAD_H
#define CORO_TRANSFORMS_OFFLOAD_H

#include "Transforms/Passes.h"
#include "llvm/IR/InstrTypes.h"

namespace coro {

/// ((typeof(&f))__coro_offload(size, call, f))(arguments...): coro_offload.
void lowerOffload(llvm::CallBase &MarkerCall, const PassConfig &Config);

} // namespace coro

#endif
