//===-- TaskPlaces.h - Which local storage holds a task ---------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_TASKPLACES_H
#define CORO_FRONTEND_TASKPLACES_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>

namespace coro {

/// A variable with automatic storage, or a part of one: `h.task`, `list[2]`.
struct Place {
  /// A member, or an element of an array where Field is null.
  struct Step {
    const clang::FieldDecl *Field;
    int64_t Index;
    bool operator==(const Step &Other) const {
      return Field == Other.Field && Index == Other.Index;
    }
  };
  /// Stands for an index that is not a constant.
  static constexpr int64_t AnyIndex = -1;

  const clang::VarDecl *Root = nullptr;
  llvm::SmallVector<Step, 4> Path;

  bool operator==(const Place &Other) const {
    return Root == Other.Root && Path == Other.Path;
  }
  /// True where Part is this place or may be inside of it.
  bool covers(const Place &Part) const;
  bool overlaps(const Place &Other) const {
    return covers(Other) || Other.covers(*this);
  }
  bool hasAnyIndex() const;
  bool isInUnion() const;
  /// As the source would write it; "[...]" is an element that may be any.
  std::string print() const;
};

/// True for a variable that a macro of the header declares.
bool isOfHeader(const clang::VarDecl &Var);

/// True for coro_task(f).
bool isTaskType(clang::QualType T);

/// True for a task, and for arrays and structs with one in them.
bool holdsTask(clang::QualType T);

/// The place that an lvalue names, or that a pointer's value points to; none
/// where it is not in a local variable or cannot be told.
std::optional<Place> placeOf(clang::ASTContext &Context, const clang::Expr *E);
std::optional<Place> pointeeOf(clang::ASTContext &Context,
                               const clang::Expr *E);

/// The task that the place is, or is a part of.
std::optional<Place> taskAround(const Place &P);

/// The name of a task's member that the place is in: "result", or
/// "coro_frame_bytes". Empty for the whole task.
llvm::StringRef memberOfTask(const Place &P);

/// The type of what is there.
clang::QualType typeOf(const Place &P);

} // namespace coro

#endif
