//===-- TaskProblem.h - What can be wrong with a task -----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_TASKPROBLEM_H
#define CORO_FRONTEND_TASKPROBLEM_H

#include "clang/AST/Expr.h"
#include <vector>

namespace coro {

/// One wrong thing that happens to a task.
struct TaskProblem {
  enum Kind {
    Left,           // its scope ends
    Raised,         // a raise ends its scope
    Moved,          // copied
    Restarted,      // started or overwritten while another run is owed
    NotStarted,     // used
    NotReady,       // a member is read that is not valid
    CancelledTwice, // cancelled
  } What;
  clang::SourceLocation Where;
  /// What is done there: "polled", or the member that is read.
  llvm::StringRef Verb;
  /// What is known of the task: it was started; and polled, with a status that
  /// says that it is done, or is not, or that nobody looked at.
  const clang::Expr *Started = nullptr, *Polled = nullptr;
  bool Unseen = false, Done = false;
  /// The branches taken since it was started, first to last: the condition, and
  /// the side, or the case label where it is a switch; or a call that raises.
  struct Branch {
    const clang::Expr *Condition;
    bool True;
    const clang::Stmt *Label; // of a switch; null where no case fits
    bool IsSwitch;
    bool Raises = false;
  };
  std::vector<Branch> Path;
};

} // namespace coro

#endif
