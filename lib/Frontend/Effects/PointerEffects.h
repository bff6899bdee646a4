//===-- PointerEffects.h - What pointers say of effects ---------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_POINTEREFFECTS_H
#define CORO_FRONTEND_POINTEREFFECTS_H

#include "Frontend/Effects/Effects.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include <optional>

namespace coro {

/// What an expression or a declaration says of the functions it points to;
/// nothing where it points to none.
using SaidEffects = std::optional<EffectSet>;

/// The one that a constant condition takes, or null.
const clang::Expr *
constantChoice(const clang::ASTContext &Context,
               const clang::AbstractConditionalOperator &Choice);

SaidEffects typeSays(clang::QualType T);
SaidEffects declarationSays(const clang::ValueDecl &D);
SaidEffects expressionSays(clang::ASTContext &Context, const clang::Expr &E);

/// What a call would do wrong through a pointer that says To, of a function
/// that says Has; empty where it is right.
llvm::StringRef whyNotCallable(clang::ASTContext &Context, const EffectSet &Has,
                               const EffectSet &To);

/// The declaration an expression names: a variable, function, member or
/// element.
const clang::ValueDecl *namedBy(const clang::Expr &E);

/// Bytes that every function the expression may point to promises to keep to;
/// nothing where one promises none.
std::optional<uint64_t> expressionFrameLimit(const clang::Expr &E);

} // namespace coro

#endif
