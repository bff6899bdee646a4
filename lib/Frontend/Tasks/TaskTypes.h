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

/// The function that yields whose task type this is by its name, or null.
clang::FunctionDecl *taskFunction(const clang::RecordDecl &Task);

/// True for the bytes of a task whose type is ours.
bool isTaskFrame(const clang::Expr &E);

/// Reports that a program defines a task type itself.
void reportOwnTaskType(clang::DiagnosticsEngine &Diags,
                       clang::RecordDecl &Record, const clang::FunctionDecl &F);

/// Completes task types when clang asks for their size or members.
class TaskTypeSource : public clang::ExternalSemaSource {
  Unit &U;

public:
  explicit TaskTypeSource(Unit &U) : U(U) {}
  void CompleteType(clang::TagDecl *Tag) override;
  /// Says why a task type cannot be completed.
  bool MaybeDiagnoseMissingCompleteType(clang::SourceLocation Where,
                                        clang::QualType T) override;
};

} // namespace coro

#endif
