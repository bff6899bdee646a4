//===-- BlockOn.h - Run a coroutine to its end in place ---------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_BLOCKON_H
#define CORO_TRANSFORMS_BLOCKON_H

#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Instructions.h"

namespace coro {

/// Who supplies the context, and what happens while the coroutine waits.
class BlockDriver {
public:
  virtual ~BlockDriver() = default;
  virtual llvm::Value *begin(llvm::IRBuilder<> &B) const = 0;
  virtual void wait(llvm::IRBuilder<> &B, llvm::Value *Context) const = 0;
};

/// coro_block_on. What it waits on is the header's business: the marker brings
/// the parker, the context and the two functions, after the callee.
class ParkerDriver : public BlockDriver {
  llvm::Value *Parker, *Context, *Begin, *Wait;

public:
  explicit ParkerDriver(const llvm::CallBase &Marker);
  llvm::Value *begin(llvm::IRBuilder<> &B) const override;
  void wait(llvm::IRBuilder<> &B, llvm::Value *Context) const override;
};

/// Replaces a call whose signature is F's by a loop that polls F to its end, in
/// a frame on the stack.
void blockOn(llvm::CallInst &Call, llvm::Function &F,
             const BlockDriver &Driver);

/// A variable for a callee's frame, at the top of the function; its size is
/// settled by frame-place.
llvm::AllocaInst *childFrame(llvm::Function &Caller, llvm::Function &Callee);

} // namespace coro

#endif
