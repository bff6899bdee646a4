//===-- FramePlacer.h - Applies a layout to a function ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_FRAMEPLACER_H
#define CORO_TRANSFORMS_FRAMEPLACER_H

#include "Analysis/SlotAvailability.h"
#include "Analysis/VerifyLayout.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/IR/IRBuilder.h"

namespace coro {

class FramePlacer {
  Coroutine &C;
  const FrameLayout &Layout;
  const Options &Opts;
  llvm::Value *Frame;
  /// The variable that stands for a value while it is being replaced.
  llvm::MapVector<llvm::Value *, llvm::AllocaInst *> Registers;
  llvm::DenseMap<llvm::Instruction *, llvm::SmallVector<llvm::Value *, 2>>
      Operands;

  /// Where each value must be at hand again after a suspension.
  llvm::DenseMap<const llvm::Value *, llvm::DenseSet<unsigned>> Needed;

  PlacedObjects Placed;

  void findNeeds(llvm::ArrayRef<llvm::BitVector> Stores);
  void needOperands(const llvm::Instruction &I, unsigned Point);
  llvm::Value *address(llvm::IRBuilder<> &B, uint64_t Offset);
  void demote(llvm::Value &V);
  llvm::Value *current(llvm::IRBuilder<> &B, llvm::Value *V);
  void save(unsigned Point, const SlotStores &Stores);
  void poison(llvm::IRBuilder<> &B, unsigned Point);
  void noteOperands(llvm::Instruction &I, unsigned Depth);
  bool crosses(const llvm::Value *V, unsigned Point) const;
  llvm::Value *recompute(llvm::IRBuilder<> &B, llvm::Instruction &I,
                         unsigned Point);
  void restore(unsigned Point);
  void placeVariables();
  void dropLifetimes(llvm::AllocaInst &A);
  bool sharesBytes(const FrameObject &O) const;

public:
  FramePlacer(Coroutine &C, const FrameLayout &Layout, const Options &Opts);
  void run();
};

} // namespace coro

#endif
