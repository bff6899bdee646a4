//===-- TryJumps.h - Jumps into coro_try and coro_shield --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_TRYJUMPS_H
#define CORO_FRONTEND_TRYJUMPS_H

#include "Frontend/Unit.h"
#include "clang/AST/Stmt.h"

namespace coro {

/// Finds what jumps into such a block from outside, and what jumps to a place
/// that is known only when it runs: nothing could then be undone on the way.
class TryJumps {
  using Path = llvm::SmallVector<const clang::IfStmt *, 4>;
  struct Jump {
    const clang::Stmt *From;
    Path At;
    const clang::LabelDecl *To;    // null for computed ones
    const clang::SwitchCase *Case; // of a switch around it
  };
  Unit &U;
  const clang::FunctionDecl &F;
  Path Now;
  std::vector<Jump> Jumps;
  llvm::MapVector<const clang::LabelDecl *, Path> Labels;
  std::vector<const clang::LabelDecl *> Addresses;
  llvm::DenseMap<const clang::SwitchCase *, Path> Cases;

  void seeSwitch(const clang::SwitchStmt &Switch);
  void checkInto(const Jump &Each, const Path &To);
  void checkComputed(const Jump &Each);

public:
  TryJumps(Unit &U, const clang::FunctionDecl &F) : U(U), F(F) {}
  void enter(const clang::IfStmt &Block) { Now.push_back(&Block); }
  void leave() { Now.pop_back(); }
  /// Each statement of the function, where it stands.
  void see(const clang::Stmt &S);
  void check();
};

} // namespace coro

#endif
