//===-- KnownFunctions.h - What a constant pointer points to ----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_KNOWNFUNCTIONS_H
#define CORO_FRONTEND_KNOWNFUNCTIONS_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"

namespace coro {

/// The value that a field has in what Object is, or points to. Null where that
/// is not a constant whose initialiser has been seen.
const clang::Expr *knownField(clang::ASTContext &Context,
                              const clang::Expr &Object,
                              llvm::ArrayRef<const clang::FieldDecl *> Fields);

/// The function whose address E is, or null.
const clang::FunctionDecl *knownFunction(clang::ASTContext &Context,
                                         const clang::Expr &E);

/// The initialiser of a variable that keeps its first value, or null.
const clang::Expr *lastingInitialiser(clang::ASTContext &Context,
                                      const clang::VarDecl &D);

} // namespace coro

#endif
