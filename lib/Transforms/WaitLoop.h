//===-- WaitLoop.h - A waiting call, spelled out ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_WAITLOOP_H
#define CORO_TRANSFORMS_WAITLOOP_H

#include "Transforms/CalleeEnd.h"
#include "llvm/IR/IRBuilder.h"

namespace coro {

/// How the callee of a waiting call is run; each gives its status.
struct CalleeDriver {
  llvm::function_ref<llvm::Value *(llvm::IRBuilder<> &)> Start, Poll, Cancel;
  CalleeEnd End;
  /// Whether its frame has a place for what it is resumed with.
  bool Receives;
};

/// Starts the callee in Frame where Call stands, and polls it until it is done;
/// in between the function suspends. What a generator hands out goes to whoever
/// resumes the function, and what that one sends goes to the generator. Call
/// stays, where the callee is over; how it ended is the answer.
llvm::Value *insertWaitLoop(llvm::CallInst &Call, llvm::Value &Frame,
                            const CalleeDriver &Callee);

/// The same with Frame a variable of the function, and the callee's result in
/// Call's place.
void expandWaitLoop(llvm::CallInst &Call, llvm::AllocaInst &Frame,
                    const CalleeDriver &Callee);

/// A suspension between Block's end, which is made, and Resumed. Callee is what
/// its bundle has: nothing where it waits for none.
llvm::BasicBlock *pointBlock(llvm::BasicBlock &Resumed, llvm::Value *Status,
                             const llvm::DebugLoc &Where,
                             llvm::ArrayRef<llvm::Value *> Callee = {});

/// The context of the poll that is running.
llvm::Value *contextHere(llvm::IRBuilder<> &B);

/// Where a yielded or received value is in the frame of whatever function this
/// ends up in: a generator may be flattened into another one.
llvm::Value *exchangeAddress(llvm::IRBuilder<> &B, Exchange What);

} // namespace coro

#endif
