//===-- UnwindEdges.h - Unwinding inside one function -----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_UNWINDEDGES_H
#define CORO_TRANSFORMS_UNWINDEDGES_H

#include "Analysis/UnwindPaths.h"
#include "IR/Outcome.h"
#include "Transforms/EndingCalls.h"
#include "Transforms/LandingPads.h"
#include "Transforms/Passes.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/ValueHandle.h"

namespace coro {

/// Turns the unwind edges of a function into branches.
class UnwindEdges {
  llvm::Function &F;
  llvm::LLVMContext &C;
  const PassConfig &Config;
  /// Nothing of anybody else's comes to landing pads.
  const bool Own;
  UnwindPaths Paths;
  ForeignPads Foreign;
  /// Who gets what a call raises, if anybody in this function.
  llvm::DenseMap<const llvm::CallBase *, const TryBlock *> CaughtBy;
  /// One may go with what stands before it.
  llvm::SmallVector<llvm::WeakVH, 16> Calls;
  llvm::SmallVector<llvm::ResumeInst *, 2> Resumes;
  /// Variables whose length is not constant make the stack grow.
  bool HasStack = false;
  llvm::DenseMap<const TryBlock *, llvm::BasicBlock *> Catches;
  llvm::BasicBlock *Exit = nullptr;
  /// Why it unwinds, an Outcome, where there are two reasons in the function;
  /// null where one is all.
  llvm::AllocaInst *Reason = nullptr;

  llvm::BasicBlock *newBlock(const llvm::Twine &Name) {
    return llvm::BasicBlock::Create(C, Name, &F);
  }
  void look();
  void makeReason(bool Raises);
  Outcome onlyReason() const;

  llvm::BasicBlock *exitBlock();
  llvm::BasicBlock *entryOf(llvm::BasicBlock &Pad);
  llvm::BasicBlock *target(llvm::CallBase &Call);
  llvm::BasicBlock *edge(llvm::CallBase &Call, llvm::Value *How);
  llvm::BasicBlock *edge(llvm::CallBase &Call, Outcome How) {
    return edge(Call, outcomeConstant(C, How));
  }
  llvm::Value *errorPlace(const llvm::CallBase &Call);
  llvm::Value *ownErrorPlace();

  llvm::BasicBlock *continuation(llvm::CallBase &Call, llvm::CallBase &New);
  bool lowerTailCall(llvm::CallBase &Call, const EndingCall &Ends);
  void lowerCall(llvm::CallBase &Call, const EndingCall &How);
  void lowerSuspension(llvm::CallBase &Suspend);
  void lowerNoReturn(llvm::CallBase &Call, Outcome How);
  void lowerReraise(llvm::CallBase &Call);
  void lowerOne(llvm::CallBase &Call);

  void lowerTries();
  void lowerTry(TryBlock &Try);
  void cutUnwindEnd(llvm::CallBase &End, const TryBlock &Try);
  void lowerResume(llvm::ResumeInst &Resume);

public:
  UnwindEdges(llvm::Function &F, const PassConfig &Config);
  void lower();
};

/// All of it, for one function.
void lowerUnwindEdges(llvm::Function &F, const PassConfig &Config);

} // namespace coro

#endif
