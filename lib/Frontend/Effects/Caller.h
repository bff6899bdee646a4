//===-- Caller.h - The function whose body is being checked -----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_CALLER_H
#define CORO_FRONTEND_CALLER_H

#include "Frontend/Checks.h"
#include "Frontend/Generics/Generics.h"

namespace coro {

/// A function, what it may do, and what its body has been seen to call.
struct Caller {
  Unit &U;
  const clang::FunctionDecl &F;
  YieldingCalls &Calls;
  std::vector<YieldingCall> &FrameUses;
  EffectSet Own;
  /// Whether it suspends at all is for its flag to say: see yields_as.
  bool HasFlag = false;
  /// The variable of the coro_catch that gets what is raised here; null for
  /// none. Own.Error is then its type.
  const clang::VarDecl *Catching = nullptr;
  /// In a _Defer.
  bool InCleanup = false;

  Caller(Unit &U, const clang::FunctionDecl &F, YieldingCalls &Calls,
         std::vector<YieldingCall> &FrameUses);
  clang::DiagnosticsEngine &diags() const { return U.CI.getDiagnostics(); }
  std::string name() const { return F.getNameAsString(); }
  void addCall(const YieldingCall &Call) const {
    Calls[F.getCanonicalDecl()].push_back(Call);
  }
};

/// Whether a function's effects include those of one that it calls, which may
/// have no name, with what that is given. Where they do not, says the first
/// that is missing.
bool checkEffects(const Caller &From, clang::SourceLocation Where,
                  const clang::NamedDecl *Callee, EffectSet Needed,
                  const GenericArgument *As = nullptr);

/// The same for what a caller runs to its end in other ways than by a call, and
/// which raises there what it raises: coro_block_on, coro_next, arms.
bool checkRaised(const Caller &From, clang::SourceLocation Where,
                 const clang::FunctionDecl &Run,
                 const GenericArgument *As = nullptr);
/// The same for the tasks among the arguments of coro_join and the like. Word
/// is what the program calls it.
bool checkRaisingArms(const Caller &From, const clang::CallExpr &Call,
                      llvm::StringRef Word);

/// A call of a generic, which does what its argument does.
void checkGenericCall(const Caller &From, clang::CallExpr &Call,
                      const clang::FunctionDecl &Callee,
                      const EffectPath &Path);

/// coro_block_on(map, f, ...), if that is what the call is: the arguments are
/// those of the outer call, what runs is named in the inner one.
void checkGenericBlockOn(const Caller &From, const clang::CallExpr &Call);

/// A call of what the caller's own effects follow from.
void callOwnArgument(const Caller &From, clang::CallExpr &Call);

} // namespace coro

#endif
