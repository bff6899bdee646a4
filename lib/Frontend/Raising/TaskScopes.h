//===-- TaskScopes.h - Local tasks on unwind paths --------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_TASKSCOPES_H
#define CORO_FRONTEND_TASKSCOPES_H

#include "Frontend/Unit.h"

namespace coro {

/// Has the tasks in F's local variables that F resumes itself cancelled where
/// their scope is left by unwinding. To be called once, when F's body has been
/// checked.
void guardTasks(Unit &U, const clang::FunctionDecl &F);

} // namespace coro

#endif
