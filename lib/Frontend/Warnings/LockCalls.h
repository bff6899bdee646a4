//===-- LockCalls.h - What a call does to locks -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_LOCKCALLS_H
#define CORO_FRONTEND_LOCKCALLS_H

#include "Frontend/Warnings/LockKeys.h"
#include <vector>

namespace coro {

/// What one call says it does, from Locks.def or clang's capability attributes.
struct LockCall {
  /// Held afterwards. An unknown path is the empty key.
  std::vector<LockKey> Locks;
  std::vector<LockKey> Unlocks;
  /// Held afterwards where the call's value, as a condition, is TrySuccess.
  std::vector<LockKey> Tries;
  bool TrySuccess = false;
  /// Whether it says anything, be it that it needs a lock.
  bool Known = false;
};

LockCall lockCall(const clang::FunctionDecl &Callee,
                  llvm::ArrayRef<const clang::Expr *> Arguments);

/// Held by whoever calls F, in terms of its parameters.
std::vector<LockKey> heldOnEntry(const clang::FunctionDecl &F);

} // namespace coro

#endif
