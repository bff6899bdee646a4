//===-- IndirectCalls.h - Marks calls through yielding pointers -*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_INDIRECTCALLS_H
#define CORO_FRONTEND_INDIRECTCALLS_H

#include "clang/AST/Expr.h"

namespace coro {

/// Makes the IR say that this call waits for a callee whose frame takes at most
/// Bytes, and whether that is resumed with values. Harmless where it was done
/// before.
void markIndirectCall(clang::ASTContext &Context, clang::CallExpr &Call,
                      uint64_t Bytes, bool Receives);

/// The callee of a call as the program has it, whether or not it is marked.
const clang::Expr &writtenCallee(const clang::CallExpr &Call);

} // namespace coro

#endif
