//===-- LandingPads.h - What clang makes for exceptions ---------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_LANDINGPADS_H
#define CORO_TRANSFORMS_LANDINGPADS_H

#include "llvm/ADT/DenseMap.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Instructions.h"

namespace coro {

/// True where a landing pad is one of a cleanup that already runs because of an
/// unwinding: from there nothing unwinds further.
bool endsUnwinding(const llvm::BasicBlock &Pad);

/// Removes all landing pads of a function, and what they have written. No
/// exception comes to them.
void dropLandingPads(llvm::Function &F);

/// Removes a variable that is only written.
void dropWrittenVariable(llvm::Value *Slot);

/// The landing pads of a function to which exceptions of others do come.
class ForeignPads {
  llvm::Function &F;
  /// clang's slot for a foreign exception; null where there is none.
  llvm::Value *Slot = nullptr;
  /// Where a raise comes in, for each landing pad that it comes to.
  llvm::DenseMap<llvm::BasicBlock *, llvm::BasicBlock *> Entries;

public:
  explicit ForeignPads(llvm::Function &F);
  llvm::Value *slot() const { return Slot; }
  /// Where a raise comes in: behind the pad.
  llvm::BasicBlock *entryOf(llvm::BasicBlock &Pad);
  /// Whether what unwinds is an exception of somebody else's; null for no.
  llvm::Value *isForeign(llvm::IRBuilder<> &B) const;
};

} // namespace coro

#endif
