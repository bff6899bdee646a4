//===-- WaitExpansion.h - One wait for several things -----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What WaitForArms.cpp and DropArms.cpp share.
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_WAITEXPANSION_H
#define CORO_TRANSFORMS_WAITEXPANSION_H

#include "Transforms/WaitForArms.h"
#include "coro/abi.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Module.h"
#include <optional>

namespace coro {

/// A suspension at B.
llvm::CallInst *suspendHere(llvm::IRBuilder<> &B);

/// Writes the loops for one marker.
class Expansion {
  const Combined &C;
  llvm::Function &F;
  llvm::Module &M;
  llvm::IRBuilder<> B;
  llvm::BasicBlock *Before, *Round, *Suspend, *After;
  /// Where the marker's own unwinding leads, or null.
  llvm::BasicBlock *Unwind = nullptr;
  /// Not there until somebody is to be ended.
  llvm::BasicBlock *Drop = nullptr;
  /// A bit for each arm that is pending; why arms are ended; how the last one
  /// of them was.
  llvm::SmallVector<llvm::AllocaInst *, 2> Pending;
  llvm::AllocaInst *Reason = nullptr, *Last = nullptr;
  llvm::SmallSetVector<unsigned, 4> Reasons;
  llvm::SmallVector<std::pair<llvm::Value *, llvm::BasicBlock *>, 4> Results;

  unsigned count() const { return C.Arms.size(); }
  llvm::BasicBlock *block(const llvm::Twine &Name) {
    return llvm::BasicBlock::Create(F.getContext(), Name, &F, After);
  }
  /// Goes on writing in another block.
  void enter(llvm::BasicBlock *Block) {
    B.SetInsertPoint(Block);
    B.SetCurrentDebugLocation(C.Call->getDebugLoc());
  }
  llvm::AllocaInst *variable(llvm::Type *T, const llvm::Twine &Name) {
    // The block may be empty by now, and then nothing stands at its beginning.
    llvm::IRBuilder<> Entry(&F.getEntryBlock(), F.getEntryBlock().begin());
    return Entry.CreateAlloca(T, nullptr, Name);
  }
  llvm::Value *is(llvm::Value *Status, coro_status Wanted) {
    return B.CreateICmpEQ(Status, B.getInt32(Wanted));
  }
  llvm::Value *isOver(llvm::Value *Status) {
    return B.CreateICmpNE(Status, B.getInt32(CORO_PENDING));
  }
  void open();
  void suspend();
  llvm::IntegerType *word() const;
  void setPending(const llvm::APInt &Arms);
  llvm::Value *nonePending();
  void eachPending(llvm::function_ref<void(unsigned Index)> Do);
  void clearIf(llvm::Value *Over, unsigned Index);

  enum : unsigned { Self = ~0u };
  /// Reasons are Self, an arm that is over, or, from count() on, an arm that
  /// has raised.
  void drop(unsigned Why, const std::optional<llvm::APInt> &Arms);
  void writeDrop();
  void finish(llvm::BasicBlock *Done);
  void follow(unsigned Why);
  llvm::ConstantInt *reason(unsigned Why) const;
  llvm::Value *last();
  void give(llvm::Value *Result);
  void reraise(const Arm &A);
  void leave(Marker Which, llvm::ArrayRef<llvm::Value *> Arguments);
  void end(unsigned Index, llvm::Value *Status);
  void untilAll();
  void untilFirst();
  void endFirst(unsigned Index, llvm::Value *Status,
                const std::optional<llvm::APInt> &Others,
                llvm::BasicBlock *Over);

public:
  explicit Expansion(const Combined &C)
      : C(C), F(*C.Call->getFunction()), M(*F.getParent()), B(C.Call) {}
  void run();
};

} // namespace coro

#endif
