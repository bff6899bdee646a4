//===-- ScopeSpawns.h - Tasks that a function puts in scopes ----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_SCOPESPAWNS_H
#define CORO_FRONTEND_SCOPESPAWNS_H

#include "Frontend/Linearity/TaskPlaces.h"
#include "llvm/ADT/DenseMap.h"
#include <vector>

namespace coro {

/// One coro_scope_spawn and its like.
struct ScopeSpawn {
  /// The call of the runtime's function; the value of the spawn in the caller's
  /// storage.
  const clang::CallExpr *Call;
  /// A scope of this function, or a parameter that points to one.
  const clang::VarDecl *Scope;
  /// Where the task is, if that is the caller's.
  std::optional<Place> Storage;
  /// The pointer of this function that names the child, if any, and where it
  /// comes to do so.
  const clang::VarDecl *Child = nullptr;
  const void *NamedAt = nullptr;
  /// What the child is given the address of.
  std::vector<const clang::Expr *> Lent;
};

/// A function's spawns in scopes, and what its expressions are part of.
struct ScopeSpawns {
  std::vector<ScopeSpawn> All;
  llvm::DenseMap<const clang::Stmt *, const clang::Stmt *> Parents;
  /// Storage and pointers that the macros mention for their own purposes.
  llvm::DenseMap<const clang::Expr *, const clang::VarDecl *> OfMacro;

  explicit ScopeSpawns(clang::ASTContext &Context) : Context(Context) {}
  void find(const clang::Stmt &Body) { walk(&Body, nullptr); }

private:
  clang::ASTContext &Context;

  void walk(const clang::Stmt *S, const clang::Stmt *Parent);
  void declare(const clang::VarDecl &Var);
  void call(const clang::CallExpr &Call);
  void name(const clang::VarDecl *Child, const void *At,
            const clang::Expr *Value);
};

} // namespace coro

#endif
