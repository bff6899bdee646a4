//===-- FusePolicy.h - Which callees to flatten -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_ANALYSIS_FUSEPOLICY_H
#define CORO_ANALYSIS_FUSEPOLICY_H

#include "llvm/IR/InstrTypes.h"

namespace coro {

/// Whether the body of a yielding callee should become part of its caller.
bool shouldFuse(const llvm::CallBase &Call, const llvm::Function &Callee);

/// Whether some caller may flatten this callee.
bool mayBeFused(const llvm::Function &Callee);

/// Whether calls may have their frame sized from this very body: no other
/// definition can take its place at link time.
bool isFinalDefinition(const llvm::Function &F);

} // namespace coro

#endif
