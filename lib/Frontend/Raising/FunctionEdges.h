//===-- FunctionEdges.h - Unwind edges for some functions -------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_FUNCTIONEDGES_H
#define CORO_FRONTEND_FUNCTIONEDGES_H

#include "Frontend/Unit.h"
#include "clang/AST/DeclGroup.h"

namespace coro {

/// Has clang make unwind edges for the functions that need them, as with
/// -fexceptions, and for no others.
class FunctionEdges {
  clang::CompilerInstance &CI;
  /// The program itself asked for them; nothing is to be done.
  const bool Always;
  /// It asked for functions that nobody uses as well.
  const bool EmitsAll;

public:
  explicit FunctionEdges(clang::CompilerInstance &CI);

  /// Says that clang is to make them for this function.
  void mark(const clang::FunctionDecl &F);
  /// To be called before clang generates code for a declaration.
  void enter(clang::DeclGroupRef Group);
  /// To be called before it generates code for what it has put off.
  void enterRest();
};

} // namespace coro

#endif
