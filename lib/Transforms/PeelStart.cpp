//===-- PeelStart.cpp - The first poll of a loop is the start -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A task that is polled in a loop is bound in front of it, so that the first
// poll starts it and each of the others resumes it. Once LLVM has the state
// index in a register:
//
//   loop:  %state = phi [1, %entry], [3, %latch]
//          br (%state == 1), start, resume
//
// Whoever writes the loop by hand has what comes first in front of it. So has
// this: the first turn becomes code of its own, behind which the state is the
// same in each turn, and what the task counts is one more variable of the loop.
// LLVM does that as well, where it may unroll loops, but behind those passes
// that would have made something of it.
//
// It is made only where the state is known when the loop is entered, is another
// at the end of some turn, and is one of few: a number that counts is none.
//
//===----------------------------------------------------------------------===//

#include "Transforms/PeelStart.h"
#include "IR/Facts.h"
#include "Support/LoopCompat.h"
#include "llvm/ADT/SmallSet.h"
#include "llvm/ADT/Statistic.h"
#include "llvm/Analysis/AssumptionCache.h"
#include "llvm/Analysis/CodeMetrics.h"
#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/ScalarEvolution.h"
#include "llvm/Analysis/TargetTransformInfo.h"
#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/Module.h"
#include "llvm/Transforms/Utils/LoopPeel.h"
#include "llvm/Transforms/Utils/LoopSimplify.h"
#include "llvm/Transforms/Utils/LoopUtils.h"

#define DEBUG_TYPE "coro-peel-start"

using namespace llvm;

STATISTIC(NumPeeled, "Number of loops around polls that were peeled");

namespace coro {

/// What a turn may be at most: it is there twice afterwards.
static constexpr unsigned MaxInstructions = 200;
/// How many phi nodes and selects a state may come through.
static constexpr unsigned MaxSteps = 32;

/// A value that comes by an edge may be a choice which that edge has decided.
static bool foldDecidedSelects(Function &F) {
  bool Changed = false;
  const DataLayout &DL = F.getParent()->getDataLayout();
  for (BasicBlock &Block : F)
    for (PHINode &Phi : Block.phis())
      for (unsigned I = 0; I < Phi.getNumIncomingValues(); ++I) {
        auto *Select = dyn_cast<SelectInst>(Phi.getIncomingValue(I));
        auto *Branch =
            dyn_cast<BranchInst>(Phi.getIncomingBlock(I)->getTerminator());
        if (!Select || Select->getCondition()->getType()->isVectorTy() ||
            !Branch || !Branch->isConditional() ||
            Branch->getSuccessor(0) == Branch->getSuccessor(1))
          continue;
        std::optional<bool> Known = isImpliedCondition(
            Branch->getCondition(), Select->getCondition(), DL,
            /*LHSIsTrue=*/Branch->getSuccessor(0) == &Block);
        if (!Known)
          continue;
        Phi.setIncomingValue(I, *Known ? Select->getTrueValue()
                                       : Select->getFalseValue());
        Changed = true;
      }
  return Changed;
}

/// The constants that V may be, where these are all: what is only handed on
/// from the turn before, as State itself, is no other.
static bool constantsOf(Value &V, const PHINode &State,
                        SmallVectorImpl<ConstantInt *> &Constants) {
  SmallVector<Value *, 8> Worklist = {&V};
  SmallPtrSet<Value *, 16> Seen;
  while (!Worklist.empty()) {
    Value *Next = Worklist.pop_back_val();
    if (Next == &State || isa<UndefValue>(Next) || !Seen.insert(Next).second)
      continue;
    if (Seen.size() > MaxSteps)
      return false;
    if (auto *Constant = dyn_cast<ConstantInt>(Next))
      Constants.push_back(Constant);
    else if (auto *Phi = dyn_cast<PHINode>(Next))
      append_range(Worklist, Phi->incoming_values());
    else if (auto *Select = dyn_cast<SelectInst>(Next))
      Worklist.append({Select->getTrueValue(), Select->getFalseValue()});
    else
      return false;
  }
  return true;
}

/// True where a branch of the loop depends on the state alone.
static bool decides(const PHINode &State, const Loop &L) {
  auto branches = [&L](const Value &On) {
    return any_of(On.users(), [&L](const User *U) {
      const auto *I = cast<Instruction>(U);
      return I->isTerminator() && L.contains(I);
    });
  };
  return branches(State) || any_of(State.users(), [&](const User *U) {
           const auto *Compare = dyn_cast<ICmpInst>(U);
           return Compare && isa<Constant>(Compare->getOperand(1)) &&
                  branches(*Compare);
         });
}

/// True where the state is one value in the first turn and never again, as far
/// as it decides anything.
static bool isState(const PHINode &Phi, const Loop &L) {
  if (!Phi.getType()->isIntegerTy() || !decides(Phi, L))
    return false;
  auto *First =
      dyn_cast<ConstantInt>(Phi.getIncomingValueForBlock(L.getLoopPreheader()));
  SmallVector<ConstantInt *, 8> Later;
  return First &&
         constantsOf(*Phi.getIncomingValueForBlock(L.getLoopLatch()), Phi,
                     Later) &&
         !Later.empty() && !is_contained(Later, First);
}

static bool isSmall(const Loop &L, const TargetTransformInfo &TTI) {
  CodeMetrics Metrics;
  SmallPtrSet<const Value *, 1> Ephemeral;
  for (BasicBlock *Block : L.blocks())
    Metrics.analyzeBasicBlock(Block, TTI, Ephemeral, /*PrepareForLTO=*/false,
                              &L);
  return !Metrics.notDuplicatable && Metrics.NumInsts.isValid() &&
         Metrics.NumInsts <= MaxInstructions;
}

PreservedAnalyses PeelStart::run(Function &F, FunctionAnalysisManager &AM) {
  if (!isConsumer(F) || F.hasOptSize())
    return PreservedAnalyses::all();
  bool Changed = foldDecidedSelects(F);
  LoopInfo &LI = AM.getResult<LoopAnalysis>(F);
  DominatorTree &DT = AM.getResult<DominatorTreeAnalysis>(F);
  ScalarEvolution &SE = AM.getResult<ScalarEvolutionAnalysis>(F);
  AssumptionCache &AC = AM.getResult<AssumptionAnalysis>(F);
  const TargetTransformInfo &TTI = AM.getResult<TargetIRAnalysis>(F);
  // Inner ones first: what is peeled there is part of the outer turn.
  SmallVector<Loop *, 4> Loops = LI.getLoopsInPreorder();
  for (Loop *L : reverse(Loops)) {
    Changed |= simplifyLoop(L, &DT, &LI, &SE, &AC, nullptr,
                            /*PreserveLCSSA=*/false);
    if (!L->isLoopSimplifyForm() || !canPeel(L) || !isSmall(*L, TTI) ||
        none_of(L->getHeader()->phis(),
                [L](const PHINode &Phi) { return isState(Phi, *L); }))
      continue;
    formLCSSARecursively(*L, DT, &LI, &SE);
    peelFirstTurn(*L, LI, SE, DT, AC);
    ++NumPeeled;
    Changed = true;
  }
  return Changed ? PreservedAnalyses::none() : PreservedAnalyses::all();
}

} // namespace coro
