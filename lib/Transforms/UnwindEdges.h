//===-- UnwindEdges.h - Unwinding inside one function -----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_UNWINDEDGES_H
#define CORO_TRANSFORMS_UNWINDEDGES_H

#include "Transforms/Passes.h"
#include "llvm/IR/InstrTypes.h"

namespace coro {

/// What a call that may raise calls, in the outcome form; null for other calls.
/// The callee's own signature has been changed, the call has not.
llvm::Value *raisingCallee(llvm::CallBase &Call);

/// Turns the unwind edges of a function into branches.
void lowerUnwindEdges(llvm::Function &F, const PassConfig &Config);

} // namespace coro

#endif
