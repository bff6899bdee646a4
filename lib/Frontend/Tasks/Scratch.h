//===-- Scratch.h - IR of one function, to look at --------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_SCRATCH_H
#define CORO_FRONTEND_SCRATCH_H

#include "Frontend/Unit.h"
#include "IR/Facts.h"
#include <optional>

namespace coro {

/// Compiles a defined function that yields, with those it calls, up to its
/// layout. Nothing where that cannot be done; what was found wrong is added to
/// Problems.
std::optional<FrameFacts> layOut(Unit &U, const clang::FunctionDecl &F,
                                 bool WithLines,
                                 std::vector<Problem> &Problems);

/// The same problem as P, found again with line numbers.
std::optional<Problem> locateProblem(Unit &U, const clang::FunctionDecl &F,
                                     const Problem &P);

} // namespace coro

#endif
