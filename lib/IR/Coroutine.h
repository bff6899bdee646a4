//===-- Coroutine.h - A function in expanded form, described ----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_IR_COROUTINE_H
#define CORO_IR_COROUTINE_H

#include "IR/Markers.h"
#include "IR/StateIndex.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/Instructions.h"

namespace coro {

/// How the child of a wait may end: by a raise too; not by one; or only by
/// being done or, at once, cancelled.
enum class ChildEnds : unsigned { Anyhow, NeverRaises, Plainly };

/// One suspension: a block that ends in it, and the only block that follows.
struct SuspendPoint {
  llvm::BasicBlock *Suspend;
  llvm::BasicBlock *Resume;
  llvm::CallInst *Call;
  /// The state that says it, and how many there are: for a direct wait, one for
  /// each state of the child.
  unsigned State = 0, States = 1;
  /// The callee of a direct wait: its states are among the caller's, so that
  /// whoever resumes the caller can resume it at once. Null for others.
  llvm::Function *Direct = nullptr;

  /// For a wait: the child's frame and its poll and cancel functions; null
  /// otherwise.
  llvm::Value *child() const;
  llvm::Function *childPoll() const;
  llvm::Function *childCancel() const;
  ChildEnds childEnds() const;
  /// The frame that is waited for, by a wait or by a loop that polls it: itself
  /// a variable, or its address. Null where there is none. And its descriptor
  /// where only that tells the callee.
  llvm::Value *calleeFrame() const;
  llvm::Value *calleeDescriptor() const;
  /// Of a direct wait: the child's state index.
  StateIndex childStates() const;
  /// The call of this marker where it resumes: null where there is none.
  llvm::CallInst *resumeMarker(Marker Which) const;
};

/// What frame-expand left of a function. Nothing here changes the function, and
/// any change to its blocks makes it stale.
struct Coroutine {
  llvm::Function &F;
  llvm::SmallVector<SuspendPoint, 8> Points;
  /// The block that a suspension continues in, to the suspension's index.
  llvm::DenseMap<const llvm::BasicBlock *, unsigned> PointOfResume;
  llvm::DenseMap<const llvm::BasicBlock *, unsigned> PointOfSuspend;

  explicit Coroutine(llvm::Function &F);

  /// Behind the last of its states.
  unsigned endOfStates() const;
  /// States in which it can be suspended.
  unsigned suspendStates() const;
  /// The fewest bytes that can count all states.
  StateIndex stateIndex() const { return {F, endOfStates() - 1}; }
  unsigned stateBytes() const { return stateIndex().bytes(); }
  llvm::ConstantInt *state(unsigned Number) const {
    return stateIndex().constant(Number);
  }
  bool hasDirectWaits() const;
};

} // namespace coro

#endif
