//===-- JoinOutcomes.cpp - Outcomes of callees that were fused ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What inlining leaves of two returns and the look behind a call:
//
//   done:  br %end                       becomes   done:  br %on
//   gone:  br %end                                 gone:  br %unwind
//   end:   %both = phi { i32, i8 } ...
//          %how = extractvalue %both, 1
//          br (%how == 0), %on, %unwind
//
// Without it each level of a chain of calls would add a round of that, and
// every path of cancellation would look as if it might go on.
//
//===----------------------------------------------------------------------===//

#include "Transforms/JoinOutcomes.h"
#include "Support/Compat.h"
#include "llvm/ADT/Statistic.h"
#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/Local.h"
#include "llvm/Transforms/Utils/SSAUpdater.h"

#define DEBUG_TYPE "frame-fuse"

using namespace llvm;

STATISTIC(NumThreaded, "Number of ends led to what follows them");

namespace coro {

/// Two phis for one of pairs.
static void splitPair(PHINode &Both) {
  auto *Form = cast<StructType>(Both.getType());
  for (unsigned Index = 0; Index < Form->getNumElements(); ++Index) {
    IRBuilder<> B(&Both);
    PHINode *Part =
        B.CreatePHI(Form->getElementType(Index), Both.getNumIncomingValues());
    for (auto [Block, V] : zip(Both.blocks(), Both.incoming_values())) {
      Value *Known = FindInsertedValue(V, {Index});
      B.SetInsertPoint(Block->getTerminator());
      Part->addIncoming(Known ? Known : B.CreateExtractValue(V, Index), Block);
    }
    for (User *U : make_early_inc_range(Both.users()))
      if (auto *Wanted = dyn_cast<ExtractValueInst>(U);
          Wanted && Wanted->getIndices()[0] == Index) {
        Wanted->replaceAllUsesWith(Part);
        Wanted->eraseFromParent();
      }
  }
}

static bool isPair(const PHINode &Phi) {
  const auto *Form = dyn_cast<StructType>(Phi.getType());
  return Form && Form->getNumElements() == 2 &&
         Form->getElementType(1)->isIntegerTy(8) &&
         all_of(Phi.users(), [](const User *U) {
           const auto *Part = dyn_cast<ExtractValueInst>(U);
           return Part && Part->getNumIndices() == 1;
         });
}

static void splitPairs(Function &F) {
  SmallVector<PHINode *, 4> Pairs;
  for (Instruction &I : instructions(F))
    if (auto *Phi = dyn_cast<PHINode>(&I); Phi && isPair(*Phi))
      Pairs.push_back(Phi);
  for (PHINode *Phi : Pairs) {
    splitPair(*Phi);
    if (Phi->use_empty())
      Phi->eraseFromParent();
  }
}

static void foldParts(Function &F) {
  SmallVector<ExtractValueInst *, 8> Parts;
  for (Instruction &I : instructions(F))
    if (auto *Part = dyn_cast<ExtractValueInst>(&I))
      Parts.push_back(Part);
  for (ExtractValueInst *Part : Parts)
    if (Value *Inserted = FindInsertedValue(Part->getAggregateOperand(),
                                            Part->getIndices())) {
      Part->replaceAllUsesWith(Inserted);
      Part->eraseFromParent();
    }
}

namespace {
/// A block that does nothing but look at an outcome.
struct Look {
  PHINode *How;
  ICmpInst *Compare;
  BranchInst *Branch;
};
} // namespace

static std::optional<Look> lookOf(BasicBlock &Block) {
  auto *Branch = dyn_cast<BranchInst>(Block.getTerminator());
  auto *Compare = Branch && Branch->isConditional()
                      ? dyn_cast<ICmpInst>(Branch->getCondition())
                      : nullptr;
  if (!Compare || Compare->getParent() != &Block || !Compare->hasOneUse() ||
      !Compare->isEquality() || !isa<ConstantInt>(Compare->getOperand(1)))
    return std::nullopt;
  auto *How = dyn_cast<PHINode>(Compare->getOperand(0));
  if (!How || How->getParent() != &Block || !How->getType()->isIntegerTy(8))
    return std::nullopt;
  for (Instruction &I : Block)
    if (!isa<PHINode, DbgInfoIntrinsic>(I) && &I != Compare && &I != Branch)
      return std::nullopt;
  return Look{How, Compare, Branch};
}

/// From leads to Block and is now to lead to To. Values of Block's phis reach
/// their users through both.
static void redirect(BasicBlock &From, BasicBlock &Block, BasicBlock &To) {
  for (PHINode &Phi : To.phis()) {
    Value *V = Phi.getIncomingValueForBlock(&Block);
    auto *Here = dyn_cast<PHINode>(V);
    if (Here && Here->getParent() == &Block)
      V = Here->getIncomingValueForBlock(&From);
    Phi.addIncoming(V, &From);
  }
  for (PHINode &Phi : Block.phis()) {
    SmallVector<Use *, 8> Outside;
    for (Use &U : Phi.uses()) {
      auto *User = cast<Instruction>(U.getUser());
      auto *Into = dyn_cast<PHINode>(User);
      BasicBlock *At = Into ? Into->getIncomingBlock(U) : User->getParent();
      if (At != &Block)
        Outside.push_back(&U);
    }
    if (Outside.empty())
      continue;
    SmallVector<PHINode *, 2> Merged;
    SSAUpdater Updater(&Merged);
    Updater.Initialize(Phi.getType(), Phi.getName());
    Updater.AddAvailableValue(&Block, &Phi);
    Updater.AddAvailableValue(&From, Phi.getIncomingValueForBlock(&From));
    From.getTerminator()->setSuccessor(0, &To);
    for (Use *U : Outside)
      Updater.RewriteUse(*U);
    // A debugger finds the value too where the code needs it merged: nothing is
    // merged for a debugger alone.
    for (DbgVariableRecord *Record : valueRecords(Phi))
      for (PHINode *Each : Merged)
        if (Each->getParent() == Record->getParent())
          Record->replaceVariableLocationOp(&Phi, Each);
  }
  From.getTerminator()->setSuccessor(0, &To);
  Block.removePredecessor(&From, /*KeepOneInputPHIs=*/true);
  ++NumThreaded;
}

/// Leads the ends that are known here past the look.
static bool threadThrough(BasicBlock &Block) {
  std::optional<Look> Found = lookOf(Block);
  if (!Found)
    return false;
  bool Changed = false;
  auto *Wanted = cast<ConstantInt>(Found->Compare->getOperand(1));
  bool IsEqual = Found->Compare->getPredicate() == ICmpInst::ICMP_EQ;
  SmallVector<BasicBlock *, 4> Before(Found->How->blocks());
  for (BasicBlock *From : Before) {
    auto *Jump = dyn_cast<BranchInst>(From->getTerminator());
    auto *Known =
        dyn_cast<ConstantInt>(Found->How->getIncomingValueForBlock(From));
    if (!Jump || Jump->isConditional() || !Known || From == &Block)
      continue;
    bool Taken = (Known->getValue() == Wanted->getValue()) == IsEqual;
    BasicBlock *To = Found->Branch->getSuccessor(Taken ? 0 : 1);
    if (To == &Block || Found->How->getNumIncomingValues() == 1)
      continue;
    redirect(*From, Block, *To);
    Changed = true;
  }
  Value *Only = Found->How->hasConstantValue();
  if (auto *Known = dyn_cast_or_null<ConstantInt>(Only)) {
    bool Taken = (Known->getValue() == Wanted->getValue()) == IsEqual;
    Found->Compare->replaceAllUsesWith(
        ConstantInt::getBool(Block.getContext(), Taken));
    Found->Compare->eraseFromParent();
    ConstantFoldTerminator(&Block, /*DeleteDeadConditions=*/true);
    Changed = true;
  }
  for (PHINode &Phi : make_early_inc_range(Block.phis()))
    if (Value *Same = Phi.hasConstantValue(); Same && Same != &Phi) {
      Phi.replaceAllUsesWith(Same);
      Phi.eraseFromParent();
    }
  return Changed;
}

void joinOutcomes(Function &F) {
  splitPairs(F);
  foldParts(F);
  SmallVector<BasicBlock *, 16> Blocks;
  for (BasicBlock &Block : F)
    Blocks.push_back(&Block);
  bool Changed = false;
  for (BasicBlock *Block : Blocks)
    Changed |= threadThrough(*Block);
  if (Changed)
    EliminateUnreachableBlocks(F);
}

} // namespace coro
