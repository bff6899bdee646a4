//===-- WaitLoop.h - A waiting call, spelled out ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_WAITLOOP_H
#define CORO_TRANSFORMS_WAITLOOP_H

#include "IR/Facts.h"
#include "llvm/IR/IRBuilder.h"

namespace coro {

/// How the callee of a waiting call is run; both give its status.
struct CalleeDriver {
  llvm::function_ref<llvm::Value *(llvm::IRBuilder<> &)> Start, Poll;
  ResultPlace Result;
};

/// Replaces Call by starting the callee in Frame, a variable of the function,
/// and polling it until it is done; in between the function suspends. What a
/// generator hands out goes to whoever resumes the function, and what that one
/// sends goes to the generator.
void expandWaitLoop(llvm::CallInst &Call, llvm::AllocaInst &Frame,
                    const CalleeDriver &Callee);

/// A suspension between Block's end, which is made, and Resumed.
llvm::BasicBlock *pointBlock(llvm::BasicBlock &Resumed, llvm::Value *Status,
                             const llvm::DebugLoc &Where);

/// The context of the poll that is running.
llvm::Value *contextHere(llvm::IRBuilder<> &B);

/// Where a yielded or received value is in the frame of whatever function this
/// ends up in: a generator may be flattened into another one.
llvm::Value *exchangeAddress(llvm::IRBuilder<> &B, Exchange What);

} // namespace coro

#endif
