//===-- TaskPaths.h - The life of one task on every path --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_TASKPATHS_H
#define CORO_FRONTEND_TASKPATHS_H

#include "Frontend/Linearity/RaiseEdges.h"
#include "Frontend/Linearity/TaskEvents.h"
#include "Frontend/Linearity/TaskProblem.h"
#include "clang/Analysis/CFG.h"

namespace coro {

/// What is wrong with the task at a place, in no particular order. Not all
/// where there are too many paths.
std::vector<TaskProblem> checkTaskPaths(clang::ASTContext &Context,
                                        clang::CFG &Graph,
                                        const RaiseEdges &Raises,
                                        const TaskEvents &Events,
                                        const Place &Task);

} // namespace coro

#endif
