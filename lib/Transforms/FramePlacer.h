//===-- FramePlacer.h - Applies a layout to a function ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_FRAMEPLACER_H
#define CORO_TRANSFORMS_FRAMEPLACER_H

#include "Analysis/SlotAvailability.h"
#include "Analysis/VerifyLayout.h"
#include "Transforms/CurrentValues.h"
#include "llvm/IR/IRBuilder.h"

namespace coro {

class FramePlacer {
  Coroutine &C;
  const FrameLayout &Layout;
  const Options &Opts;
  llvm::Value *Frame;
  CurrentValues Current;
  llvm::DenseMap<llvm::Instruction *, llvm::SmallVector<llvm::Value *, 2>>
      Operands;

  SlotStores Stores;
  /// Where each object that is a value is stored, ascending; what is loaded and
  /// what recomputed where a suspension resumes, in the order of the layout.
  std::vector<llvm::SmallVector<unsigned, 2>> StoredAt;
  std::vector<llvm::SmallVector<unsigned, 2>> LoadedAt;
  std::vector<llvm::SmallVector<llvm::Instruction *, 2>> RecomputedAt;

  PlacedObjects Placed;

  /// Where each value must be at hand again after a suspension.
  using NeedMap = llvm::DenseMap<const llvm::Value *, llvm::DenseSet<unsigned>>;

  void findNeeds();
  void needOperands(const llvm::Instruction &I, unsigned Point,
                    NeedMap &Needed) const;
  llvm::Value *address(llvm::IRBuilder<> &B, uint64_t Offset);
  void save(unsigned Object, CurrentValues::CurrentAt At);
  void poison(unsigned Point);
  void noteOperands(llvm::Instruction &I, unsigned Depth);
  bool crosses(const llvm::Value *V, unsigned Point) const;
  llvm::Value *recompute(llvm::IRBuilder<> &B, llvm::Instruction &I,
                         unsigned Point);
  void restore(unsigned Point);
  void placeValues();
  void takeWhereUsed(llvm::Instruction &Address, unsigned Object);
  void placeVariables();
  void dropLifetimes(llvm::AllocaInst &A);
  bool sharesBytes(const FrameObject &O) const;

public:
  FramePlacer(Coroutine &C, const FrameLayout &Layout, const Options &Opts);
  void run();
};

} // namespace coro

#endif
