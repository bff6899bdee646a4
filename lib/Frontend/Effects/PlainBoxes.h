//===-- PlainBoxes.h - Plain calls in frames from an allocator --*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_PLAINBOXES_H
#define CORO_FRONTEND_PLAINBOXES_H

#include "Frontend/Effects/Caller.h"

namespace coro {

/// A plain call that takes its frame from the context's allocator.
struct PlainBox {
  clang::CallExpr *Call;
  EffectSet Callee;
  /// What gets the error where there is no memory: see Caller.
  const clang::VarDecl *Catching;
  clang::QualType Error;
};

/// True where the caller may say that there is no memory: by raising a
/// coro_error.
bool mayRaiseRefusal(const Caller &From);

/// True for a function that says coro_boxed, and that may call the caller: its
/// body has not been seen to the end, or does.
bool mayCallBack(const Caller &From, const clang::FunctionDecl &Callee);

/// The end of a message about a frame for which the caller has no place: what
/// else would do, or why a plain call does not.
std::string otherThanTryBox(const clang::FunctionDecl &Caller);

/// Rewrites the calls, in the body of F.
void boxCalls(Unit &U, const clang::FunctionDecl &F,
              llvm::ArrayRef<PlainBox> Boxes);

} // namespace coro

#endif
