//===-- ArmCalls.h - Polls and cancels of one arm ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_ARMCALLS_H
#define CORO_TRANSFORMS_ARMCALLS_H

#include "Transforms/WaitForArms.h"
#include "llvm/IR/IRBuilder.h"

namespace coro {

/// The arm's status after one more poll.
llvm::Value *pollArm(llvm::IRBuilder<> &B, const Arm &A, llvm::Value *Context);
/// The same after it was asked to end.
llvm::Value *cancelArm(llvm::IRBuilder<> &B, const Arm &A,
                       llvm::Value *Context);
/// The status of a task after it was asked to end.
llvm::Value *cancelTask(llvm::IRBuilder<> &B, llvm::Function &F,
                        llvm::Value *Frame, llvm::Value *Context);

} // namespace coro

#endif
