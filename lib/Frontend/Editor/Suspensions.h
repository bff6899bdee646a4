//===-- Suspensions.h - Where a body may suspend ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_SUSPENSIONS_H
#define CORO_FRONTEND_SUSPENSIONS_H

#include "Frontend/Unit.h"
#include "clang/AST/Expr.h"
#include <optional>

namespace coro {

/// A call at which the function around it may suspend.
struct Suspension {
  clang::SourceLocation Where;
  /// The function or pointer that is waited for; null for a word of our
  /// headers, and for a pointer without a name.
  const clang::NamedDecl *Callee;
};

/// What a call is in this respect, or nothing.
std::optional<Suspension> suspensionAt(const clang::ASTContext &Context,
                                       const clang::CallExpr &Call);

/// What may suspend, as the program has it: 'f', or coro_suspend().
std::string nameOf(const Unit &U, const Suspension &S);

/// Adds a note at what the callee's declaration says, where there is one.
void noteCallee(Unit &U, const Suspension &S);

} // namespace coro

#endif
