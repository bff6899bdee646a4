//===-- TaskTypes.h - struct coro_task_f, complete on demand ----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_TASKTYPES_H
#define CORO_FRONTEND_TASKTYPES_H

#include "Frontend/Unit.h"
#include "clang/Sema/ExternalSemaSource.h"
#include "clang/Sema/Sema.h"

namespace coro {

/// Declares the task type of a function, incomplete.
void declareTaskType(clang::Sema &S, clang::FunctionDecl &F);

/// The function whose task's frame an expression is, or null.
clang::FunctionDecl *functionOfTask(const clang::Expr &Frame);
/// The function whose task type T is, or null.
clang::FunctionDecl *taskFunction(clang::QualType T);

/// Completes task types when clang asks for their size or members.
class TaskTypeSource : public clang::ExternalSemaSource {
  Unit &U;

public:
  explicit TaskTypeSource(Unit &U) : U(U) {}
  void CompleteType(clang::TagDecl *Tag) override;
};

} // namespace coro

#endif
