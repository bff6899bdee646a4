//===-- StateIndex.h - Where a frame says it is suspended -------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The numbers of include/coro/abi.h's states, as they lie in a frame. In one
// byte a number is itself. Wider, what the runtime tells apart is in the first
// byte all the same: 0, BOUND and DONE there are themselves; any other number
// has its low six bits there, below a bit that says so, and the rest behind
// that. CORO_STATE_CANCEL of the first byte is free.
//
//===----------------------------------------------------------------------===//

#ifndef CORO_IR_STATEINDEX_H
#define CORO_IR_STATEINDEX_H

#include "llvm/IR/IRBuilder.h"

namespace coro {

class StateIndex {
  llvm::LLVMContext &Context;
  unsigned Bytes;
  bool BigEndian;

  llvm::Value *rotate(llvm::IRBuilderBase &B, llvm::Value *Raw,
                      unsigned Left) const;

public:
  /// For numbers up to Last.
  StateIndex(const llvm::Function &F, uint64_t Last);

  unsigned bytes() const { return Bytes; }
  llvm::IntegerType *type() const;
  llvm::ConstantInt *constant(uint64_t Number) const;
  /// From and to an i32 that is the number. Encoded, it is of a suspension.
  llvm::Value *encode(llvm::IRBuilderBase &B, llvm::Value *Number) const;
  llvm::Value *decode(llvm::IRBuilderBase &B, llvm::Value *Raw) const;

  llvm::Value *load(llvm::IRBuilderBase &B, llvm::Value *Frame) const {
    return B.CreateLoad(type(), Frame, "state");
  }
  /// Number is an i32.
  void store(llvm::IRBuilderBase &B, llvm::Value *Frame,
             llvm::Value *Number) const {
    B.CreateStore(encode(B, Number), Frame);
  }
};

} // namespace coro

#endif
