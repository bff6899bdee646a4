//===-- TryBlocks.h - coro_try, coro_catch and coro_raise -------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_TRYBLOCKS_H
#define CORO_FRONTEND_TRYBLOCKS_H

#include "Frontend/Unit.h"
#include "clang/AST/Stmt.h"

namespace coro {

/// Puts into a body what the words of coro/raise.h mean; reports where they
/// cannot mean anything. True where the body has a coro_try.
bool completeTryBlocks(Unit &U, const clang::FunctionDecl &F);

/// True where a function may unwind, whatever is in it: it raises or yields, or
/// does as an argument does.
bool needsEdges(const clang::FunctionDecl &F);

/// The variable of the coro_catch that belongs to this coro_try, once it is
/// complete; null for any other statement.
const clang::VarDecl *caughtBy(const clang::IfStmt &Try);

/// True for a coro_try, complete or not.
bool isTry(const clang::IfStmt &If);

/// Raises a value of type T: to the coro_catch whose variable is Catching, or
/// out of the function where that is null.
clang::Expr *raise(Unit &U, clang::VarDecl *Catching, clang::QualType T,
                   clang::Expr *Value, clang::SourceLocation Where);

/// The type of what it catches.
clang::QualType caughtType(const clang::VarDecl &Caught);

} // namespace coro

#endif
