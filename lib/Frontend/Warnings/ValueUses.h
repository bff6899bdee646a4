//===-- ValueUses.h - What a mention does to a value ------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_VALUEUSES_H
#define CORO_FRONTEND_VALUEUSES_H

#include "clang/AST/Expr.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace coro {

/// What a body does with the values of its variables.
struct ValueUses {
  /// Mentions after which the value is where it was: tests of it, reads and
  /// writes through it; and of a variable that is assigned to.
  llvm::SmallPtrSet<const clang::DeclRefExpr *, 16> Harmless;
  /// Assignments whose own value is stored, passed or returned.
  llvm::SmallPtrSet<const clang::BinaryOperator *, 8> Copied;
  /// Variables whose value may go at any time: their address is taken, or a
  /// _Defer mentions them.
  llvm::SmallPtrSet<const clang::VarDecl *, 8> Shared;
  /// Calls that are not cancelled: in a coro_shield, or in a _Defer, which runs
  /// as a cleanup.
  llvm::SmallPtrSet<const clang::CallExpr *, 8> Shielded;
};

ValueUses valueUses(const clang::ASTContext &Context, const clang::Stmt &Body);

/// The variable that an expression names, or assigns to and then is; or null.
const clang::VarDecl *variableOf(const clang::Expr &E);

} // namespace coro

#endif
