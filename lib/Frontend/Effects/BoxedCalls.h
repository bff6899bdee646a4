//===-- BoxedCalls.h - What coro_try_box is given ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_BOXEDCALLS_H
#define CORO_FRONTEND_BOXEDCALLS_H

#include "Frontend/Effects/Effects.h"
#include "Frontend/Unit.h"
#include "clang/AST/Expr.h"

namespace coro {

/// What a coro_try_box calls, in the body of Caller; or null where that is no
/// function that yields, nor a pointer to one: said then.
const clang::Expr *boxedCallee(Unit &U, const clang::FunctionDecl &Caller,
                               const clang::CallExpr &Marker);

/// Whether the result can be stored where the program wants it; says so where
/// not. Makes the IR say how large it is, and the like of what is called.
bool markBoxedResult(Unit &U, clang::CallExpr &Marker, const EffectSet &Says);

} // namespace coro

#endif
