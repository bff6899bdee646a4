//===-- PartBuilder.h - One copy of a coroutine -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What f.start, f.poll, f.resume and f.cancel have in common: each is a copy of
// the function with the frame's parts made addresses, and returns made
// statuses.
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
  const bool IsRoot;
  llvm::ValueToValueMapTy Map;
  StateIndex States;

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
  /// The state of a suspension. A direct wait's depends on where the child is,
  /// which the child has stored.
  void storePoint(llvm::IRBuilder<> &B, const SuspendPoint &Point);
  /// The copied returns that are still there.
  llvm::SmallVector<llvm::WeakVH, 4> Returns;

  /// Returns a status, in the way the part does. Result is null where there is
  /// none, or it is in the frame.
  void returnStatus(llvm::IRBuilder<> &B, llvm::Value *Status,
                    llvm::Value *Result = nullptr);
  /// Returns the status of a suspension. LLVM joins all returns at one, with
  /// the status a phi of as many values as there are suspensions; the time that
  /// several of its passes take grows with the square of that. So where there
  /// are very many, some share a block that is not taken apart.
  void returnSuspended(llvm::IRBuilder<> &B, llvm::Value *Status);
  struct SharedReturn {
    llvm::BasicBlock *Block = nullptr;
    unsigned Uses = 0;
  };
  llvm::DenseMap<llvm::Value *, SharedReturn> SharedReturns;
  /// Whether somebody may ask the frame about its state once the call is over.
  bool SaysItEnded;
  /// Whether the result is left in the frame.
  bool KeepsResult = true;

  /// AtTop: the part begins where the function does.
  void clone(bool AtTop);
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
  /// IsRoot: whether others than callers that wait directly have F's frames.
  PartBuilder(const Coroutine &C, llvm::Function &Part, bool IsRoot)
      : F(C.F), C(C), Part(Part), IsRoot(IsRoot), States(C.stateIndex()),
        SaysItEnded(IsRoot) {}
};

/// A part that begins at a suspension.
class ResumeBuilder : public PartBuilder {
protected:
  llvm::BasicBlock *Entry = nullptr;

  /// The copy, without the top of the function.
  void cloneResumed();
  /// Nothing of the function, for a part that only calls others.
  void beginWithoutCopy();
  /// A switch on the state in the frame, in Block.
  llvm::SwitchInst *switchOnState(llvm::BasicBlock *Block);
  void addCase(llvm::SwitchInst &Switch, unsigned State, llvm::BasicBlock *To);
  /// The same for all states of a suspension.
  void addCases(llvm::SwitchInst &Switch, const SuspendPoint &Point,
                llvm::BasicBlock *To);
  /// What is done with an index that none of the cases has. The default traps.
  virtual void buildOther(llvm::IRBuilder<> &B);
  llvm::DebugLoc whereOf(const SuspendPoint &Point) const;
  /// The part's first line, for what the source does not say; none without
  /// debug information.
  llvm::DebugLoc whereItBegins() const;
  /// The child's address was taken at the top, which has moved.
  llvm::Value *child(const SuspendPoint &Point) const {
    return Map.lookup(Point.child());
  }
  /// Calls a part of the child that this suspension waits for.
  llvm::Value *callChild(llvm::IRBuilder<> &B, const SuspendPoint &Point,
                         llvm::Function *ChildPart);
  /// A block that polls the child of a wait that is not direct, and returns
  /// where it is not over. SaysWhere: the frame may not have the state.
  llvm::BasicBlock *buildWait(const SuspendPoint &Point, bool SaysWhere);
  void buildDone(llvm::SwitchInst &Switch);
  /// Where a wait resumes, this is what its child has ended with.
  void setStatus(const SuspendPoint &Point, llvm::Value *Status);

public:
  using PartBuilder::PartBuilder;
  virtual ~ResumeBuilder() = default;
};

/// The coroutines of a module in expanded form.
using CoroutineLookup =
    llvm::function_ref<const Coroutine &(const llvm::Function &)>;

/// True where somebody may have a task of F: a frame inside of another one is
/// its owner's alone.
bool hasTasks(const llvm::Function &F);

void buildStart(const Coroutine &C);
void buildPoll(const Coroutine &C, bool IsRoot, CoroutineLookup Lookup);
/// f.resume, of a function with direct waits.
void buildResume(const Coroutine &C, bool IsRoot);
void buildCancel(const Coroutine &C, bool IsRoot);
void buildBind(const Coroutine &C);

} // namespace coro

#endif
