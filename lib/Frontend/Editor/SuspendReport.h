//===-- SuspendReport.h - Which calls of a file may suspend -----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_SUSPENDREPORT_H
#define CORO_FRONTEND_SUSPENDREPORT_H

#include "Frontend/Unit.h"

namespace coro {

/// A place where a function may suspend or be left with an error, as a
/// programmer would put it.
struct SuspendingCall {
  /// A call of a function; coro_suspend; coro_yield, or a call of a generator;
  /// taking a value of one that waits; a call at the end of a variable's scope;
  /// one that does not suspend and may raise.
  enum KindOf { Call, Suspend, Yield, Next, Cleanup, Raise } Kind;
  const clang::FunctionDecl *In;
  /// What the program calls: a function, a pointer, a word of our headers.
  std::string Name;
  /// What it may do, as a declaration would write it.
  std::string Effect;
  /// The function, the pointer that is called through, or the generator; null
  /// for other words of our headers, and where a pointer has no name.
  const clang::NamedDecl *Callee;
  /// The whole call, and in it the callee. May be in macros.
  clang::SourceRange Whole, Selection;
};

/// Lists the calls in these functions where the options ask for it.
void reportSuspends(Unit &U,
                    llvm::ArrayRef<const clang::FunctionDecl *> Functions);

} // namespace coro

#endif
