//===-- RaisingCalls.h - Which calls may raise ------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_RAISINGCALLS_H
#define CORO_FRONTEND_RAISINGCALLS_H

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"

namespace coro {

/// True for a marker that hands on what the tasks among its arguments raise:
/// coro_join and the like, and not coro_wait, whose value says it.
bool raisesAsTasks(const clang::FunctionDecl &Marker);

/// True where a call that was checked, in the body of Caller, may raise. False
/// for what only Caller's own callers know.
bool callMayRaise(const clang::FunctionDecl &Caller,
                  const clang::CallExpr &Call);

} // namespace coro

#endif
