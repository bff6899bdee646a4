//===-- PartBuilder.h - One copy of a coroutine -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What f.start, f.poll and f.cancel have in common: each is a copy of the
// function with the frame's parts made addresses, and returns made statuses.
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_PARTBUILDER_H
#define CORO_TRANSFORMS_PARTBUILDER_H

#include "IR/Coroutine.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/ValueHandle.h"
#include "llvm/Transforms/Utils/ValueMapper.h"

namespace coro {

class PartBuilder {
protected:
  llvm::Function &F;
  const Coroutine &C; // of F
  llvm::Function &Part;
  llvm::ValueToValueMapTy Map;
  llvm::IntegerType *StateType;

  llvm::Value *frame() const { return Part.getArg(0); }
  /// A parameter, or for a variadic start what its caller left in the frame.
  llvm::Value *Context = nullptr;
  llvm::Value *context() const { return Context ? Context : Part.getArg(1); }
  llvm::BasicBlock *copied(const llvm::BasicBlock *Block) const {
    return llvm::cast<llvm::BasicBlock>(Map.lookup(Block));
  }
  llvm::BasicBlock *block(const llvm::Twine &Name) {
    return llvm::BasicBlock::Create(F.getContext(), Name, &Part);
  }
  void storeState(llvm::IRBuilder<> &B, unsigned State);
  /// The copied returns that are still there.
  llvm::SmallVector<llvm::WeakVH, 4> Returns;

  void clone();
  void replaceParameters();
  void foldCancellation(bool Cancelled);
  void lowerReturns();
  /// Stores the state index, in the place of the marker of a suspension. B is
  /// where the block has to end otherwise than it does.
  llvm::Instruction *cutAt(unsigned Point, llvm::IRBuilder<> &B);
  /// Every suspension leaves the part.
  void lowerSuspensions();
  /// Cancelled: whether a suspension ends because the task is cancelled. To be
  /// called once all that the part begins with leads somewhere.
  void finish(bool Cancelled);

public:
  PartBuilder(const Coroutine &C, llvm::Function &Part)
      : F(C.F), C(C), Part(Part),
        StateType(llvm::IntegerType::get(F.getContext(), 8 * C.stateBytes())) {}
};

/// A part that begins where the frame says.
class ResumeBuilder : public PartBuilder {
protected:
  llvm::BasicBlock *Entry = nullptr;

  /// The copy, without the top of the function.
  void cloneResumed();
  /// A switch on the state index, in Block.
  llvm::SwitchInst *switchOnState(llvm::BasicBlock *Block);
  void addCase(llvm::SwitchInst &Switch, unsigned State, llvm::BasicBlock *To);
  /// What is done with an index that none of the cases has. The default traps.
  virtual void buildOther(llvm::IRBuilder<> &B);
  llvm::DebugLoc whereOf(const SuspendPoint &Point) const;
  /// Calls a part of the child that this suspension waits for.
  llvm::Value *callChild(llvm::IRBuilder<> &B, const SuspendPoint &Point,
                         llvm::Function *ChildPart);
  void buildDone(llvm::SwitchInst &Switch);
  /// Where a wait resumes, this is what its child has ended with.
  void setStatus(const SuspendPoint &Point, llvm::Value *Status);

public:
  using PartBuilder::PartBuilder;
  virtual ~ResumeBuilder() = default;
};

void buildStart(const Coroutine &C);
void buildPoll(const Coroutine &C);
void buildCancel(const Coroutine &C);
void buildBind(const Coroutine &C);

} // namespace coro

#endif
