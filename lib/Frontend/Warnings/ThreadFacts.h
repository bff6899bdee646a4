//===-- ThreadFacts.h - What declarations say of threads --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_THREADFACTS_H
#define CORO_FRONTEND_THREADFACTS_H

#include "clang/AST/Decl.h"

namespace coro {

/// The declaration that says coro_blocking, of a function or pointer, or null.
const clang::Decl *blockingDeclaration(const clang::Decl &D);

/// The declaration that says coro_local, of a variable or member or of its
/// type: a struct, a typedef, an array of them, a pointer to one, a struct with
/// a member that is one. Null where there is none.
const clang::NamedDecl *localDeclaration(const clang::ValueDecl &D);
const clang::NamedDecl *localDeclaration(clang::QualType T);

/// Whether what is passed for this parameter goes to another thread.
bool sendsArgument(const clang::ParmVarDecl &P);

} // namespace coro

#endif
