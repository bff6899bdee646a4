//===-- Result.h - Results into frames and out of them ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_IR_RESULT_H
#define CORO_IR_RESULT_H

#include "IR/Facts.h"
#include "llvm/IR/IRBuilder.h"

namespace coro {

/// Stores a returned value at its place in the frame, with not a byte more than
/// the C type has.
void storeResult(llvm::IRBuilder<> &B, llvm::Value *Result, bool Signed,
                 llvm::Value *Frame, const ResultPlace &Place);

/// What a callee of the result type T left in Frame: a value, or for a struct
/// result null, and it is then where Call wants it.
llvm::Value *readResult(llvm::IRBuilder<> &B, llvm::CallBase &Call,
                        llvm::Type *T, llvm::Value *Frame,
                        const ResultPlace &Place);

/// Gives Call's users the result that the callee left in Frame: in a struct
/// result's place, or as a value. B stands where the result is valid.
void takeResult(llvm::IRBuilder<> &B, llvm::CallBase &Call, llvm::Value *Frame,
                const ResultPlace &Place);

} // namespace coro

#endif
