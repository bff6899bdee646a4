//===-- OwnVariables.h - Memory that a parameter stands for -----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_OWNVARIABLES_H
#define CORO_TRANSFORMS_OWNVARIABLES_H

#include "llvm/IR/Function.h"

namespace coro {

/// Struct parameters become variables of the function's own.
void copyStructParameters(llvm::Function &F);

/// The places of a struct result and of an error are in the frame: variables
/// stand for them from here on. Nothing in the function reads them, so this
/// comes after the last simplification.
void placeEnds(llvm::Function &F);

} // namespace coro

#endif
