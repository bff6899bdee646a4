//===-- IndirectCalls.h - Marks calls through yielding pointers -*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_INDIRECTCALLS_H
#define CORO_FRONTEND_INDIRECTCALLS_H

#include "Frontend/Generics/Generics.h"
#include "clang/AST/Expr.h"

namespace coro {

/// Makes the IR say that this call waits for a callee whose frame takes at most
/// Bytes, and whether that is resumed with values. Harmless where it was done
/// before.
void markIndirectCall(clang::ASTContext &Context, clang::CallExpr &Call,
                      uint64_t Bytes, const EffectSet &Says);
/// The same of one through a pointer to an ordinary function that raises.
void markRaisingCall(clang::ASTContext &Context, clang::CallExpr &Call);

/// Makes the IR say which argument decides what a generic does. Name is the
/// callee of a call, or what coro_block_on is given; the result stands in its
/// place.
clang::Expr *markCallAs(clang::ASTContext &Context, clang::Expr &Name,
                        const GenericArgument &As);

/// The function that a call names, seen through the mark.
const clang::FunctionDecl *calledFunction(const clang::CallExpr &Call);

/// The same of an expression that stands for a callee; null where it is none.
const clang::FunctionDecl *markedFunction(const clang::Expr &Callee);

/// True for a call of one of the marks themselves, and for one through a mark.
bool isMark(const clang::Expr &E);
bool isMarked(const clang::CallExpr &Call);

/// The callee of a call as the program has it, whether or not it is marked.
const clang::Expr &writtenCallee(const clang::CallExpr &Call);

} // namespace coro

#endif
