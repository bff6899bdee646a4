//===-- Warnings.h - Which warnings are wanted, and where -------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_WARNINGS_H
#define CORO_FRONTEND_WARNINGS_H

#include "Frontend/Unit.h"
#include "clang/AST/Attr.h"

namespace coro {

/// Whether a warning may be said at all: a check whose warnings may not need
/// not run.
bool isWanted(const Unit &U, DiagID ID);

/// True where the source silences the warning: with coro_allow on the function,
/// or on a statement or variable of its body that Where is in. Function may be
/// null.
bool isAllowed(const Unit &U, const clang::FunctionDecl *Function,
               clang::SourceLocation Where, DiagID ID);

/// Says a warning about a place in Function, or nothing where it is not wanted.
/// True if it was said: notes may follow.
bool warn(Unit &U, const clang::FunctionDecl *Function,
          clang::SourceLocation Where, DiagID ID,
          llvm::ArrayRef<std::string> Arguments,
          llvm::ArrayRef<clang::FixItHint> Fixes = {});

/// Reports a name in coro_allow that is none.
void checkAllowance(Unit &U, const clang::SuppressAttr &A);

} // namespace coro

#endif
