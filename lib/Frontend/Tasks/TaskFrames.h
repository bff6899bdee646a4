//===-- TaskFrames.h - Says whose frame a marker is given -------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_TASKFRAMES_H
#define CORO_FRONTEND_TASKFRAMES_H

#include "clang/AST/Expr.h"

namespace coro {

/// The address of a task of F, in an expression that says so to the IR.
clang::Expr *taskFrame(clang::ASTContext &Context, clang::Expr *Address,
                       clang::FunctionDecl &F);

/// If Callee is a marker that is given a task's bytes (coro_poll, coro_next),
/// makes this call of it say which function's they are. Harmless where it was
/// done before.
void markTaskFrame(clang::ASTContext &Context,
                   const clang::FunctionDecl &Callee, clang::CallExpr &Call);

} // namespace coro

#endif
