//===-- ShieldBlocks.h - What cancellation waits for, in the AST *- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_SHIELDBLOCKS_H
#define CORO_FRONTEND_SHIELDBLOCKS_H

#include "clang/AST/Decl.h"
#include "clang/AST/Stmt.h"

namespace coro {

/// The statement of a coro_shield, which If is to C; null for anything else.
clang::Stmt *shieldedStatement(const clang::IfStmt &If);

/// The statement with a shield of this number around it, for F.
clang::Stmt *shielded(clang::Stmt &Body, const clang::FunctionDecl &F,
                      unsigned Number);

/// Puts shields around the cleanups of these variables that yield. Next is the
/// number of the next one.
void shieldCleanups(clang::DeclStmt &Declares, const clang::FunctionDecl &F,
                    unsigned &Next);

} // namespace coro

#endif
