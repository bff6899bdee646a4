//===-- CurrentValues.h - A value or the latest of its reloads --*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_CURRENTVALUES_H
#define CORO_TRANSFORMS_CURRENTVALUES_H

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/Instruction.h"

namespace coro {

class CurrentValues {
  /// The end of a block in which nothing but Current is V.
  struct Definition {
    llvm::BasicBlock *Block;
    llvm::Value *Current;
  };
  struct Known {
    llvm::SmallVector<Definition, 2> Reloads;
    llvm::SmallVector<llvm::Use *, 4> Uses;
  };
  llvm::DenseMap<llvm::Value *, Known> Values;

public:
  /// V is to be followed: of its uses so far, those outside of its own block
  /// will be of what is current there.
  void follow(llvm::Value &V);
  bool isFollowed(llvm::Value *V) const { return Values.count(V); }
  /// From the top of Block on, Again is V. All that is in the block and uses V
  /// comes behind it.
  void reload(llvm::Value &V, llvm::BasicBlock &Block, llvm::Value &Again);
  /// A use of V that was made meanwhile, of what is current in its block.
  void use(llvm::Value &V, llvm::Use &U) { Values[&V].Uses.push_back(&U); }
  /// All reloads of V are known: settles its uses, and lets Ask have what is
  /// current at the ends of blocks.
  using CurrentAt = llvm::function_ref<llvm::Value *(llvm::BasicBlock &)>;
  void settle(llvm::Value &V, llvm::function_ref<void(CurrentAt)> Ask);
};

} // namespace coro

#endif
