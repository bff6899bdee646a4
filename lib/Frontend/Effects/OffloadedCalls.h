//===-- OffloadedCalls.h - What coro_offload is given -----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_OFFLOADEDCALLS_H
#define CORO_FRONTEND_OFFLOADEDCALLS_H

#include "Frontend/Unit.h"
#include "clang/AST/Expr.h"

namespace coro {

/// Marker is the call of __coro_offload. Says what is wrong with the function
/// that it is given.
void checkOffload(Unit &U, const clang::CallExpr &Marker);

} // namespace coro

#endif
