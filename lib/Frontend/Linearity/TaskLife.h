//===-- TaskLife.h - What happens to one task, step by step -----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_TASKLIFE_H
#define CORO_FRONTEND_TASKLIFE_H

#include "Frontend/Linearity/PathFacts.h"
#include "Frontend/Linearity/TaskEvents.h"
#include "Frontend/Linearity/TaskProblem.h"

namespace coro {

enum class TaskPhase {
  Fresh,     // nothing is started in it
  Started,   // coro_start bound a call, which is owed from now on
  Ran,       // it was polled; the facts know the status
  Cancelled, // ended early
  Unknown,   // something else was stored there
  Away,      // handed over: somebody else's from now on
  Reported,  // something is wrong with it, and was said
};

/// A task at one point of a path, with what is known there.
struct TaskState {
  TaskPhase At = TaskPhase::Fresh;
  const clang::Expr *Started = nullptr, *Polled = nullptr;
  /// Nobody looked at the status, and no branch was taken since.
  bool Unseen = false;
  PathFacts Facts;

  explicit TaskState(Keys &All) : Facts(All) {}

  /// True where it is certain that what was started in it is not finished.
  bool owed() const;
  /// Numbers that no other state gives.
  std::vector<int64_t> encode() const;
};

/// The steps of one task's life. Whoever follows the paths is told of what is
/// wrong.
class TaskLife {
protected:
  const TaskEvents &Events;
  const Place Task;

  TaskLife(const TaskEvents &Events, const Place &Task);
  ~TaskLife() = default;

  /// What a statement does to the task.
  void happenAt(const void *Node, TaskState &S);
  /// Its scope ends: Left or Raised.
  void leave(TaskProblem::Kind How, clang::SourceLocation Where, TaskState &S);
  /// What the statement did to the task ended with a raise.
  void raise(const void *Node, TaskState &S) const;

  virtual void wrong(TaskProblem::Kind What, clang::SourceLocation Where,
                     llvm::StringRef Verb, const TaskState &S) = 0;
  /// It was started just now.
  virtual void begun() = 0;
  /// It is used: with nothing started in it, or otherwise.
  virtual void used(const TaskEvent &E, const TaskState &S, bool Fresh) = 0;

private:
  /// Stands for elements of an array, nobody knows which.
  bool Summary;
  /// The statuses that a poll may give.
  ValueRange Possible;

  void problem(TaskProblem::Kind What, clang::SourceLocation Where,
               llvm::StringRef Verb, TaskState &S);
  bool usesFresh(const TaskEvent &E, TaskState &S);
  void start(const TaskEvent &E, TaskState &S);
  void run(const TaskEvent &E, TaskState &S);
  void handOver(const TaskEvent &E, TaskState &S);
  void copy(const TaskEvent &E, TaskState &S);
  void read(const TaskEvent &E, TaskState &S);
  void store(const TaskEvent &E, TaskState &S);
  void happen(const TaskEvent &E, TaskState &S);
};

} // namespace coro

#endif
