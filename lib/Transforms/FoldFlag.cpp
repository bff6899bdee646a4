//===-- FoldFlag.cpp - A parameter that is known --------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//   yields_as(flag) int get(int flag) { if (flag) coro_suspend(); ... }
//
// The front end has annotated the variable that clang keeps the parameter in,
// and seen that nothing writes to it. So what is loaded from it is the value;
// what follows from that alone, branches included, is folded at every level of
// optimisation, because a suspension must be gone where the value is 0. The
// variable itself stays, for the debugger.
//
//===----------------------------------------------------------------------===//

#include "Transforms/FoldFlag.h"
#include "IR/Markers.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/Analysis/ConstantFolding.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Module.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/Local.h"

using namespace llvm;

namespace coro {

using Worklist = SmallSetVector<Instruction *, 16>;

IntrinsicInst *flagOf(Function &F) {
  for (Instruction &I : instructions(F))
    if (auto *Call = dyn_cast<IntrinsicInst>(&I))
      if (Call->getIntrinsicID() == Intrinsic::var_annotation &&
          annotationText(Call->getArgOperand(1)).starts_with(FlagAnnotation))
        return Call;
  return nullptr;
}

StringRef flagName(const IntrinsicInst &Flag) {
  return annotationText(Flag.getArgOperand(1))
      .drop_front(FlagAnnotation.size());
}

static void replace(Instruction &I, Value *With, Worklist &Changed) {
  for (User *U : I.users())
    Changed.insert(cast<Instruction>(U));
  Changed.remove(&I);
  I.replaceAllUsesWith(With);
  I.eraseFromParent();
}

/// Folds what the changed instructions have become, and what follows from it.
static void foldInstructions(Worklist &Changed, const DataLayout &DL) {
  while (!Changed.empty()) {
    Instruction *I = Changed.pop_back_val();
    Value *Known = nullptr;
    if (auto *Phi = dyn_cast<PHINode>(I))
      Known = Phi->hasConstantValue();
    else if (!I->isTerminator())
      Known = ConstantFoldInstruction(I, DL);
    if (Known && Known != I && !I->getType()->isVoidTy())
      replace(*I, Known, Changed);
  }
}

/// Branches on constants go one way. True where any did not before.
static bool foldBranches(Function &F) {
  bool Changed = false;
  for (BasicBlock &Block : F)
    Changed |= ConstantFoldTerminator(&Block, /*DeleteDeadConditions=*/true);
  if (Changed)
    EliminateUnreachableBlocks(F);
  return Changed;
}

static void trapWhere(Value *Bad, Instruction &Before) {
  Instruction *End = SplitBlockAndInsertIfThen(Bad, Before.getIterator(), true);
  IRBuilder<>(End).CreateIntrinsic(Type::getVoidTy(Bad->getContext()),
                                   Intrinsic::trap, {});
}

void foldFlag(IntrinsicInst &Flag, uint64_t Value, bool Checked) {
  Function &F = *Flag.getFunction();
  llvm::Value *Variable = Flag.getArgOperand(0)->stripPointerCasts();
  SmallVector<LoadInst *, 8> Loads;
  for (User *U : Variable->users())
    if (auto *Load = dyn_cast<LoadInst>(U))
      Loads.push_back(Load);
  if (Checked && !Loads.empty()) {
    IRBuilder<> B(&Flag);
    Type *T = Loads.front()->getType();
    trapWhere(
        B.CreateICmpNE(B.CreateLoad(T, Variable), ConstantInt::get(T, Value)),
        Flag);
  }
  Flag.eraseFromParent();
  Worklist Changed;
  for (LoadInst *Load : Loads)
    replace(*Load,
            ConstantInt::get(Load->getContext(),
                             APInt(64, Value).zextOrTrunc(
                                 Load->getType()->getIntegerBitWidth())),
            Changed);
  const DataLayout &DL = F.getParent()->getDataLayout();
  foldInstructions(Changed, DL);
  // An edge that goes takes a value of phi nodes with it, and what used them
  // may be anywhere.
  while (foldBranches(F)) {
    for (Instruction &I : instructions(F))
      Changed.insert(&I);
    foldInstructions(Changed, DL);
  }
}

} // namespace coro
