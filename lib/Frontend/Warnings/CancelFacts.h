//===-- CancelFacts.h - What functions say of being cancelled ---*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_CANCELFACTS_H
#define CORO_FRONTEND_CANCELFACTS_H

#include "clang/AST/Decl.h"

namespace coro {

/// The declaration of a function that says coro_cancel_safe: being cancelled at
/// any of its suspensions loses nothing. Or null.
const clang::Decl *cancelSafeDeclaration(const clang::FunctionDecl &F);

/// The one that says coro_acquires: what it returns must not be lost. Or null.
const clang::Decl *acquiresDeclaration(const clang::FunctionDecl &F);

/// Notes that D says yields_if(0): in another configuration it may yield.
void markYieldsElsewhere(clang::ASTContext &Context, clang::Decl &D,
                         clang::SourceRange Range);

/// Whether this declaration says coro_cancel_safe of what never yields.
bool safeForNothing(const clang::FunctionDecl &F);

} // namespace coro

#endif
