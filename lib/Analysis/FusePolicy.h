//===-- FusePolicy.h - Which callees to flatten -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_ANALYSIS_FUSEPOLICY_H
#define CORO_ANALYSIS_FUSEPOLICY_H

#include "llvm/IR/InstrTypes.h"

namespace coro {

/// Instructions up to which a callee is small, and a caller still has room.
inline constexpr unsigned SmallCallee = 60;
inline constexpr unsigned FullCaller = 4000;

/// Whether the body of a yielding callee should become part of its caller, and
/// what stands against it.
struct FuseChoice {
  /// The name of the obstacle, as remarks have it, and a clause for people;
  /// both empty for none. TooLarge and CallerFull are the ones that are
  /// counted.
  llvm::StringRef Obstacle, Why;

  bool fuses() const { return Obstacle.empty(); }
};
FuseChoice chooseFusing(const llvm::CallBase &Call,
                        const llvm::Function &Callee);

/// Instructions of a body as the choice counts them, and no further than Limit.
unsigned codeSize(const llvm::Function &F, unsigned Limit);

/// Whether some caller may flatten this callee.
bool mayBeFused(const llvm::Function &Callee);

/// Whether calls may have their frame sized from this very body: no other
/// definition can take its place at link time.
bool isFinalDefinition(const llvm::Function &F);

} // namespace coro

#endif
