//===-- LockFlow.h - Which locks are held where -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_LOCKFLOW_H
#define CORO_FRONTEND_LOCKFLOW_H

#include "Frontend/Editor/Suspensions.h"
#include "Frontend/Warnings/LockKeys.h"
#include "clang/AST/Decl.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <memory>
#include <vector>

namespace coro {

struct HeldLock {
  LockKey Key;
  /// Where it was locked.
  clang::SourceLocation Since;
};

/// A place where a function may suspend while locks are held.
struct LockedSuspension {
  Suspension At;
  std::vector<HeldLock> Held;
};

/// What a call of a function does to its caller's locks.
struct LockSummary {
  /// Held by the time it returns, whichever way it goes; in terms of its
  /// parameters.
  std::vector<HeldLock> Acquires;
  /// It unlocks something that it has not locked.
  bool Unlocks = false;
};

/// Remembers what the functions of a unit do, each looked at once.
class LockFlow {
  llvm::DenseMap<const clang::FunctionDecl *, std::unique_ptr<LockSummary>>
      Known;

public:
  /// For a function without a definition here: nothing.
  const LockSummary &summaryOf(const clang::FunctionDecl &F);

  /// Calls Visit with each suspension of F that is reached with locks held, in
  /// the order of the flow.
  void suspensions(const clang::FunctionDecl &F,
                   llvm::function_ref<void(const LockedSuspension &)> Visit);
};

} // namespace coro

#endif
