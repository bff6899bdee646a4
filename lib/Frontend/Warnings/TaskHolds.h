//===-- TaskHolds.h - What of one thread a task holds -----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_TASKHOLDS_H
#define CORO_FRONTEND_TASKHOLDS_H

#include "Frontend/Editor/Suspensions.h"
#include "clang/AST/Decl.h"
#include "llvm/ADT/DenseMap.h"
#include <memory>
#include <vector>

namespace coro {

/// Something that belongs to one thread.
struct ThreadBound {
  /// What says coro_local; null for the address of a thread-local variable.
  const clang::NamedDecl *Local = nullptr;
  const clang::VarDecl *ThreadLocal = nullptr;

  explicit operator bool() const { return Local || ThreadLocal; }
};

/// What of that an expression's value is or leads to.
ThreadBound threadBound(const clang::Expr &E);

/// A variable that is in a task.
struct HeldVariable {
  ThreadBound What;
  /// A parameter, or a local that is alive across a suspension.
  const clang::VarDecl *Variable;
  const clang::FunctionDecl *In;
  /// Nothing for a parameter.
  std::optional<Suspension> Across;
};

/// Remembers what each function's task holds, each looked at once.
class TaskHolds {
  llvm::DenseMap<const clang::FunctionDecl *,
                 std::unique_ptr<std::vector<HeldVariable>>>
      Known;

public:
  /// Of F's frame and those of its callees in it, as far as they are defined
  /// here.
  const std::vector<HeldVariable> &of(const clang::FunctionDecl &F);
};

} // namespace coro

#endif
