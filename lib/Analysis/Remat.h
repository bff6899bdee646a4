//===-- Remat.h - What is cheaper to recompute than to store ----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_ANALYSIS_REMAT_H
#define CORO_ANALYSIS_REMAT_H

#include "Analysis/ValueLiveness.h"
#include "llvm/ADT/SetVector.h"

namespace coro {

/// Values that are recomputed where they are needed after a suspension, in an
/// order in which each comes after those it is computed from.
using RematSet = llvm::SmallSetVector<llvm::Instruction *, 8>;

/// How many instructions one such value may take.
inline constexpr unsigned MaxRematChain = 4;

RematSet rematerialisable(const CrossingMap &Crossing, bool Allowed);

/// A saved stack pointer means nothing on the stack of another poll, and what
/// it would free is gone; the one to restore is that of the poll itself.
bool isSavedStack(const llvm::Value &V);

} // namespace coro

#endif
