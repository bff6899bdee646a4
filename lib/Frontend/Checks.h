//===-- Checks.h - What is wrong with a program's effects -------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_CHECKS_H
#define CORO_FRONTEND_CHECKS_H

#include "Frontend/Unit.h"
#include "llvm/ADT/DenseMap.h"

namespace coro {

/// A call from one function that yields to another.
struct YieldingCall {
  const clang::FunctionDecl *Callee;
  clang::SourceLocation Where;
};

/// Calls between functions that yield, as the unit has shown them so far. Keys
/// and callees are canonical declarations.
using YieldingCalls = llvm::MapVector<const clang::FunctionDecl *,
                                      llvm::SmallVector<YieldingCall, 8>>;

/// Checks the attributes and the body of a function definition, and adds its
/// calls.
void checkFunction(Unit &U, const clang::FunctionDecl &F, YieldingCalls &Calls);

/// Checks a function declaration's attributes.
void checkDeclaration(Unit &U, const clang::FunctionDecl &F);

/// Reports cycles among the calls: each frame would contain itself.
void checkRecursion(Unit &U, const YieldingCalls &Calls);

/// Reports callees whose frame has no known size at the end of the unit.
void checkFramesKnown(Unit &U, const YieldingCalls &Calls);

} // namespace coro

#endif
