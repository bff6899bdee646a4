//===-- LowerShields.h - What cancellation has to wait for ------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_LOWERSHIELDS_H
#define CORO_TRANSFORMS_LOWERSHIELDS_H

#include "llvm/IR/Function.h"
#include "llvm/IR/IRBuilder.h"

namespace coro {

/// coro.shield(Number, Begins) at B.
void markShield(llvm::IRBuilder<> &B, uint64_t Number, bool Begins);

/// A number for a shield that the source does not have, in this function.
uint64_t freshShield(llvm::Function &F);

/// Makes of the front end's shields those of the passes. Nothing is left of
/// them in a function that does not yield.
void lowerShields(llvm::Function &F);

} // namespace coro

#endif
