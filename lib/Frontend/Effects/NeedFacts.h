//===-- NeedFacts.h - What functions need of an executor --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_NEEDFACTS_H
#define CORO_FRONTEND_NEEDFACTS_H

#include "clang/AST/Decl.h"

namespace coro {

/// One word of CORO_NEEDS, and the declaration that says it.
struct Need {
  llvm::StringRef Capability;
  const clang::Decl *Said;
  /// Only where the executor has other tasks, which would be held up.
  bool AmongTasks;
};

llvm::SmallVector<Need, 2> needsOf(const clang::FunctionDecl &F);

/// Whether a member is a task in a slot of CORO_EXECUTOR.
bool isClosedSlot(const clang::FieldDecl &Field);

} // namespace coro

#endif
