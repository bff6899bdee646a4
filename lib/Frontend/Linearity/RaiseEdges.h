//===-- RaiseEdges.h - Where a function goes on after a raise ---*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_RAISEEDGES_H
#define CORO_FRONTEND_RAISEEDGES_H

#include "clang/AST/Decl.h"
#include "clang/AST/Stmt.h"
#include "clang/Analysis/CFG.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"

namespace coro {

/// The edges that clang's graph of a function does not have: from a call that
/// may raise to the coro_catch, or out of the function.
class RaiseEdges {
  /// The coro_try blocks around a statement or a variable, outermost first.
  using Blocks = llvm::SmallVector<const clang::IfStmt *, 2>;
  llvm::DenseMap<const clang::Stmt *, Blocks> Calls;
  llvm::DenseMap<const clang::VarDecl *, Blocks> Variables;
  llvm::DenseMap<const clang::IfStmt *, const clang::CFGBlock *> Catches;
  bool Cancels;

public:
  RaiseEdges(const clang::FunctionDecl &F, const clang::CFG &Graph);

  /// A way that a raise takes.
  struct Edge {
    /// Where the coro_catch begins; null for out of the function.
    const clang::CFGBlock *To;
    /// The scope of the variable ends on the way.
    bool Ends;
  };
  /// The edge from this statement, if it may raise where the variable is alive
  /// and somebody has to see to what is in it: a function that yields ends its
  /// tasks itself where a raise leaves their scope.
  std::optional<Edge> from(const clang::Stmt &S,
                           const clang::VarDecl &Variable) const;
  /// The coro_catch that a raise from here goes to, or null.
  const clang::CFGBlock *catchOf(const clang::Stmt &S) const;
};

} // namespace coro

#endif
