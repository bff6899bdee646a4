//===-- SplitDebug.h - Variables of a frame, for the debugger ---*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_SPLITDEBUG_H
#define CORO_TRANSFORMS_SPLITDEBUG_H

#include "llvm/IR/Function.h"

namespace coro {

/// Describes each variable of a part that lives in the frame as so many bytes
/// into it, at the end of Entry, wherever its declaration stood.
void describeVariables(llvm::Function &Part, llvm::Value *Frame,
                       llvm::BasicBlock *Entry);

} // namespace coro

#endif
