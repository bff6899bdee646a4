//===-- HeldValues.h - Values held where a function suspends ----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_HELDVALUES_H
#define CORO_FRONTEND_HELDVALUES_H

#include "Frontend/Editor/Suspensions.h"
#include "clang/AST/Decl.h"
#include <vector>

namespace coro {

/// A suspension at which a local variable is the only place of a value that a
/// function marked coro_acquires returned.
struct Loss {
  Suspension At;
  const clang::VarDecl *Variable;
  const clang::CallExpr *Acquired;
};

/// The first suspension for each call that acquires, in the order of the text.
std::vector<Loss> findLosses(const clang::FunctionDecl &F);

} // namespace coro

#endif
