//===-- ScopePaths.h - Where children of scopes may be ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_SCOPEPATHS_H
#define CORO_FRONTEND_SCOPEPATHS_H

#include "Frontend/Linearity/ScopeSpawns.h"

namespace coro {

struct ScopeProblem {
  enum Kind {
    ChildUsed,     // where its scope has ended
    ChildReturned, // out of the function that has its scope
    SpawnedTwice,  // into storage where one may still run
  } What;
  clang::SourceLocation Where;
  const ScopeSpawn *Of;
};

/// What is wrong on some path, in the order of the text.
std::vector<ScopeProblem> checkScopePaths(clang::ASTContext &Context,
                                          const clang::FunctionDecl &F,
                                          const ScopeSpawns &Spawns);

} // namespace coro

#endif
