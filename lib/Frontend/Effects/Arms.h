//===-- Arms.h - What a join or a race waits for ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_ARMS_H
#define CORO_FRONTEND_ARMS_H

#include "Frontend/Unit.h"
#include "clang/AST/Expr.h"

namespace coro {

/// The word for which Callee is the marker: coro_wait, coro_join, coro_any,
/// coro_race,
/// coro_timeout or coro_cancel; empty for any other function.
llvm::StringRef waitingWord(const clang::FunctionDecl &Callee);

/// Checks the arms of this call of such a marker, and makes the IR say which
/// functions the tasks belong to. Harmless where it was done before.
void checkArms(Unit &U, const clang::FunctionDecl &Callee,
               clang::CallExpr &Call);

} // namespace coro

#endif
