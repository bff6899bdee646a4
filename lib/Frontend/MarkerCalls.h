//===-- MarkerCalls.h - Calls of markers, built in the AST ------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_MARKERCALLS_H
#define CORO_FRONTEND_MARKERCALLS_H

#include "clang/AST/Expr.h"

namespace coro {

/// A task's frame, with its function.
inline constexpr llvm::StringLiteral FrameOfMarker = "__coro_frame_of";

/// True for a call of the marker with this name.
bool isCallOf(const clang::Expr &E, llvm::StringRef Marker);

/// The marker's call that the header casts to the type of a function: E is the
/// callee in ((typeof(&f))__coro_bind(frame, f))(arguments). Else null.
const clang::CallExpr *markerBehind(const clang::Expr &E);

/// True where the name is like those that coro's headers declare.
bool isNamedAsOurs(const clang::FunctionDecl &F);

/// The marker as the header declares it, or null.
clang::FunctionDecl *findMarker(clang::ASTContext &Context,
                                llvm::StringRef Name);

/// A call of it, whose value is a void *.
clang::CallExpr *callMarker(clang::ASTContext &Context,
                            clang::FunctionDecl &Marker,
                            llvm::ArrayRef<clang::Expr *> Arguments,
                            clang::SourceLocation Where);

clang::Expr *implicitCast(clang::ASTContext &Context, clang::QualType To,
                          clang::CastKind Kind, clang::Expr *E);

} // namespace coro

#endif
