//===-- TaskEvents.h - What a function does to its tasks --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_TASKEVENTS_H
#define CORO_FRONTEND_TASKEVENTS_H

#include "Frontend/Linearity/TaskPlaces.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include <vector>

namespace coro {

enum class TaskEventKind {
  Declare,   // a variable comes to be, with nothing started in it
  Start,     // coro_start
  Poll,      // its value is the status
  Next,      // its value is whether the status is CORO_YIELDED
  Finish,    // runs to its end
  FinishOne, // one of the arguments does, nobody knows which
  Cancel,    // ended early
  Request,   // later polls end it early
  Describe,  // only the type matters
  HandOver,  // the address goes elsewhere: it is somebody else's duty
  Copy,      // all bytes are read
  Overwrite, // all bytes are written
  Clear,     // memset
  Read,      // t.result, t.yielded, t.error
};

struct TaskEvent {
  TaskEventKind Kind;
  /// The task, or what it is in, or a part of it.
  Place Where;
  /// An Expr, or the VarDecl for Declare.
  const clang::Expr *At;
  /// What a message says that was done here: "polled".
  llvm::StringRef Verb;
  /// For FinishOne: among others.
  bool Among = false;
  /// For Poll and Next: nobody looks at the value.
  bool Discarded = false;
};

/// Everything that a function's body does to tasks in its local variables, by
/// the expression or variable that does it.
class TaskEvents {
  llvm::DenseMap<const void *, llvm::SmallVector<unsigned, 1>> ByNode;

public:
  std::vector<TaskEvent> All;

  void add(const void *Node, TaskEvent Event) {
    ByNode[Node].push_back(static_cast<unsigned>(All.size()));
    All.push_back(std::move(Event));
  }
  /// Indices into All of what happens at this node.
  llvm::ArrayRef<unsigned> at(const void *Node) const {
    auto Known = ByNode.find(Node);
    return Known == ByNode.end() ? llvm::ArrayRef<unsigned>()
                                 : llvm::ArrayRef<unsigned>(Known->second);
  }
};

/// False where the body has something in it that the answer could not be
/// trusted for: code that did not compile, deferred statements.
bool findTaskEvents(clang::ASTContext &Context, const clang::Stmt &Body,
                    TaskEvents &Events);

} // namespace coro

#endif
