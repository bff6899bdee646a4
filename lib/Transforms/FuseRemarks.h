//===-- FuseRemarks.h - What flattening did, as remarks ---------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_FUSEREMARKS_H
#define CORO_TRANSFORMS_FUSEREMARKS_H

#include "Analysis/FusePolicy.h"
#include "Transforms/Passes.h"
#include "llvm/Analysis/OptimizationRemarkEmitter.h"

namespace coro {

/// The remarks of one caller. Does nothing where nobody asked for any.
class FuseRemarks {
  llvm::Function &Caller;
  /// Only where remarks are wanted.
  std::optional<llvm::OptimizationRemarkEmitter> Emitter;

public:
  FuseRemarks(llvm::Function &Caller, const PassConfig &Config);

  /// A call that is about to be inlined, after which nothing is left to ask.
  struct Fused {
    const llvm::Function &Callee;
    llvm::DebugLoc Where;
    llvm::BasicBlock *Block;
    unsigned CalleeSize, CallerSize;
  };
  std::optional<Fused> before(const llvm::CallBase &Call,
                              const llvm::Function &Callee) const;
  void flattened(const std::optional<Fused> &Call);
  void apart(const llvm::CallBase &Call, const llvm::Function &Callee,
             const FuseChoice &Choice);
  /// The calls of which it is not known whom they run, and those in frames from
  /// an allocator.
  void unknownCallees();
};

} // namespace coro

#endif
