//===-- LockKeys.h - Which lock an expression names -------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_LOCKKEYS_H
#define CORO_FRONTEND_LOCKKEYS_H

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include <optional>
#include <string>

namespace coro {

/// Names an object by the path to it, so that two expressions can be compared:
/// `queue->lock` is "queue#12^.lock", postfix ^ being what * is and & being
/// itself. Parameters are <0>, <1> ...; other names have their place behind #.
using LockKey = std::string;

/// The path of an expression; nothing where it has none, as a call's result.
std::optional<LockKey> keyOf(const clang::Expr &E);

/// What a pointer with that path points to.
LockKey pointee(const LockKey &Pointer);

/// The key in a callee's terms, in those of its caller: parameters replaced by
/// the arguments. Nothing where an argument has no path, or where it is about
/// locals of the callee.
std::optional<LockKey> inCaller(const LockKey &Key,
                                llvm::ArrayRef<const clang::Expr *> Arguments);

/// As a programmer would write it in F.
std::string printKey(const LockKey &Key, const clang::FunctionDecl &F);

} // namespace coro

#endif
