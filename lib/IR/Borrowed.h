//===-- Borrowed.h - Contexts that a call borrows ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Who polls lends the context for the poll: it is not kept, and the waker in it
// is, when the poll returns, the one that it was. A callee may have changed it
// meanwhile, for what it polls itself. The parameter says so, in a declaration
// or at a call; Transforms/KnownWaker.cpp makes use of it.
//
//===----------------------------------------------------------------------===//

#ifndef CORO_IR_BORROWED_H
#define CORO_IR_BORROWED_H

#include "llvm/IR/Function.h"
#include "llvm/IR/InstrTypes.h"

namespace coro {

/// Parameter is a context that is borrowed.
void borrowContext(llvm::Function &F, unsigned Parameter);
/// The same of one call, whatever it calls.
void lendContext(llvm::CallBase &Call, unsigned Argument);
/// True where Context is lent to this call.
bool isLentTo(const llvm::Value &Context, const llvm::CallBase &Call);

} // namespace coro

#endif
