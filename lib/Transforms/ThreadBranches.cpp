//===-- ThreadBranches.cpp - Ways on that are known -----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A value is alive on every path on which it seems to be used. `a && b` and the
// flags of a loop make paths that nobody can take:
//
//   body:  br header                     body:  br end
//   header:                              header:
//     %fell = phi [ 0, start ], [ 1, body ]   ...
//     br %fell, end, again
//
// Blocks of phis, arithmetic on them and a branch or switch alone are looked
// at. What else uses the phis gets new ones. LLVM threads more, once functions
// are split; what it cannot do then is make a frame smaller.
//
//===----------------------------------------------------------------------===//

#include "Transforms/ThreadBranches.h"
#include "Support/Compat.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/Analysis/ConstantFolding.h"
#include "llvm/IR/CFG.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Module.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/SSAUpdater.h"

using namespace llvm;

namespace coro {

/// From how many blocks one may be come to: each way looks at all of them.
static constexpr unsigned MaxWays = 64;
/// How much arithmetic a block may have.
static constexpr unsigned MaxArithmetic = 4;

/// What Block decides by, if it does nothing else: the condition of its branch
/// or switch.
static Value *onlyCondition(BasicBlock &Block) {
  Value *Condition = nullptr;
  if (auto *Branch = dyn_cast<BranchInst>(Block.getTerminator()))
    Condition = Branch->isConditional() ? Branch->getCondition() : nullptr;
  else if (auto *Switch = dyn_cast<SwitchInst>(Block.getTerminator()))
    Condition = Switch->getCondition();
  if (!Condition || Block.hasAddressTaken() || !isa<PHINode>(Block.front()) ||
      Block.hasNPredecessorsOrMore(MaxWays + 1) ||
      is_contained(successors(&Block), &Block))
    return nullptr;
  unsigned Count = 0;
  for (Instruction &I : Block) {
    if (isa<PHINode>(I) || I.isTerminator())
      continue;
    bool Pure = isa<CastInst>(I) || isa<BinaryOperator>(I) || isa<ICmpInst>(I);
    if (!Pure || ++Count > MaxArithmetic ||
        any_of(I.users(), [&](const User *U) {
          auto *User = cast<Instruction>(U);
          return User->getParent() != &Block || isa<PHINode>(User);
        }))
      return nullptr;
  }
  return Condition;
}

static BasicBlock *wayOn(Instruction &Terminator, ConstantInt &Known) {
  if (auto *Switch = dyn_cast<SwitchInst>(&Terminator))
    return Switch->findCaseValue(&Known)->getCaseSuccessor();
  return cast<BranchInst>(Terminator).getSuccessor(Known.isZero());
}

/// What V, computed in Block or before it, is for whoever comes From there.
static ConstantInt *known(Value *V, BasicBlock &Block, BasicBlock &From) {
  auto *I = dyn_cast<Instruction>(V);
  if (!I || I->getParent() != &Block)
    return dyn_cast<ConstantInt>(V);
  if (auto *Phi = dyn_cast<PHINode>(I))
    return dyn_cast<ConstantInt>(Phi->getIncomingValueForBlock(&From));
  SmallVector<Constant *, 2> Operands;
  for (Value *Operand : I->operands()) {
    Operands.push_back(known(Operand, Block, From));
    if (!Operands.back())
      return nullptr;
  }
  return dyn_cast_or_null<ConstantInt>(
      ConstantFoldInstOperands(I, Operands, I->getDataLayout()));
}

/// Uses of Phi that its own block no longer comes before on all paths.
static void repairUses(PHINode &Phi, BasicBlock &Edge, Value &There) {
  BasicBlock *Block = Phi.getParent();
  SmallVector<Use *, 8> Outside;
  for (Use &U : Phi.uses()) {
    auto *User = cast<Instruction>(U.getUser());
    auto *Other = dyn_cast<PHINode>(User);
    if ((Other ? Other->getIncomingBlock(U) : User->getParent()) != Block)
      Outside.push_back(&U);
  }
  SmallVector<DbgVariableRecord *, 4> Records = valueRecords(Phi);
  if (Outside.empty() && Records.empty())
    return;
  SSAUpdater Updater;
  Updater.Initialize(Phi.getType(), Phi.getName());
  Updater.AddAvailableValue(Block, &Phi);
  Updater.AddAvailableValue(&Edge, &There);
  for (Use *U : Outside)
    Updater.RewriteUse(*U);
  Updater.UpdateDebugValues(&Phi, Records);
}

/// From goes to To, where Block would send it, through a block of its own.
static void thread(BasicBlock &Block, BasicBlock &From, BasicBlock &To) {
  Function &F = *Block.getParent();
  BasicBlock *Edge = BasicBlock::Create(F.getContext(), "", &F, &Block);
  IRBuilder<> B(Edge);
  SmallVector<std::pair<PHINode *, PHINode *>, 4> There;
  for (PHINode &Phi : Block.phis()) {
    PHINode *Here = B.CreatePHI(Phi.getType(), 1);
    Here->addIncoming(Phi.getIncomingValueForBlock(&From), &From);
    There.push_back({&Phi, Here});
  }
  B.SetCurrentDebugLocation(Block.getTerminator()->getDebugLoc());
  B.CreateBr(&To);
  for (PHINode &Phi : To.phis()) {
    Value *V = Phi.getIncomingValueForBlock(&Block);
    Phi.addIncoming(V, Edge);
  }
  From.getTerminator()->replaceSuccessorWith(&Block, Edge);
  for (auto &[Phi, Here] : There) {
    (void)Here;
    while (Phi->getBasicBlockIndex(&From) >= 0)
      Phi->removeIncomingValue(&From, /*DeletePHIIfEmpty=*/false);
  }
  for (auto &[Phi, Here] : There)
    repairUses(*Phi, *Edge, *Here);
  FoldSingleEntryPHINodes(Edge);
}

/// True where a way into Block was known.
static bool threadInto(BasicBlock &Block) {
  Value *Condition = onlyCondition(Block);
  if (!Condition)
    return false;
  SmallSetVector<BasicBlock *, 4> Ways(pred_begin(&Block), pred_end(&Block));
  bool Changed = false;
  for (BasicBlock *From : Ways) {
    Instruction *Source = From->getTerminator();
    if (!isa<BranchInst, SwitchInst>(Source) ||
        count(successors(Source), &Block) != 1)
      continue;
    ConstantInt *Known = known(Condition, Block, *From);
    if (!Known)
      continue;
    thread(Block, *From, *wayOn(*Block.getTerminator(), *Known));
    // What it says of a loop may not hold of the one it closes now.
    Source->setMetadata(LLVMContext::MD_loop, nullptr);
    Changed = true;
  }
  return Changed;
}

bool threadKnownBranches(Function &F) {
  bool Changed = false;
  // A way that is cut short may be known in a later block too.
  SmallVector<BasicBlock *, 32> Blocks;
  for (BasicBlock &Block : F)
    Blocks.push_back(&Block);
  for (BasicBlock *Block : Blocks)
    Changed |= threadInto(*Block);
  if (!Changed)
    return false;
  EliminateUnreachableBlocks(F);
  for (BasicBlock &Block : F)
    if (Block.getSinglePredecessor())
      FoldSingleEntryPHINodes(&Block);
  return true;
}

} // namespace coro
