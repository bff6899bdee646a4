//===-- Generics.h - Effects that follow from an argument -------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_GENERICS_H
#define CORO_FRONTEND_GENERICS_H

#include "Frontend/Effects/Effects.h"
#include "clang/AST/ASTContext.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>

namespace coro {

/// The argument that `yields_as(ops->next)` names: a parameter, and the fields
/// that lead on from it. Whether a step is `.` or `->` follows from the types.
struct EffectPath {
  unsigned Parameter = 0;
  llvm::SmallVector<const clang::FieldDecl *, 2> Fields;
  /// An integer, not a function pointer.
  bool IsFlag = false;

  bool operator==(const EffectPath &Other) const {
    return Parameter == Other.Parameter && Fields == Other.Fields;
  }
};

/// The path that Text names among F's parameters; otherwise Why says what is
/// wrong with it.
std::optional<EffectPath> parsePath(const clang::FunctionDecl &F,
                                    llvm::StringRef Text, std::string &Why);

/// The argument whose effects F has. Nothing where F is no generic, or where
/// its path is wrong, which is reported at its declaration.
std::optional<EffectPath> yieldsAsPath(const clang::FunctionDecl &F);
std::optional<EffectPath> raisesAsPath(const clang::FunctionDecl &F);
/// What decides for a generic, of whatever kind: where it says both, both name
/// the same.
std::optional<EffectPath> genericPath(const clang::FunctionDecl &F);

/// The parameter and fields that an expression in F's body names, as a path.
std::optional<EffectPath> pathOf(const clang::Expr &E);

/// True where E, in the body of Caller, is what Caller's own path names.
bool isOwnPath(const clang::FunctionDecl *Caller, const clang::Expr &E);

/// What a call gives a generic at the end of its path.
struct GenericArgument {
  enum Kind {
    Plain,    // suspends nothing: the call is an ordinary one
    Function, // Target, which has effects
    Own,      // what the caller's own path names
    Flag,     // an integer that is not zero, or that the caller's own decides
    Pointer,  // known by its declaration only, which says that it yields
    Raising,  // known by its declaration only, which says that it raises
    Unknown   // an integer that is no constant
  } K = Plain;
  const clang::FunctionDecl *Target = nullptr;
  const clang::Expr *Given = nullptr;
  /// The declaration that says so, for a Pointer.
  const clang::ValueDecl *Declared = nullptr;
  /// What the call does beside what the generic itself does.
  EffectSet Effects;
  /// A Pointer's coro_frame(N).
  std::optional<uint64_t> Limit;

  bool suspends() const { return K != Plain && Effects.suspends(); }
};

GenericArgument genericArgument(clang::ASTContext &Context,
                                const clang::FunctionDecl *Caller,
                                llvm::ArrayRef<const clang::Expr *> Arguments,
                                const EffectPath &Path);

} // namespace coro

#endif
