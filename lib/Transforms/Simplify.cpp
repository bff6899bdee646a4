//===-- Simplify.cpp - The only simplification before the split -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Transforms/Simplify.h"
#include "Transforms/ThreadBranches.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Module.h"
#include "llvm/Transforms/Scalar/SROA.h"
#include "llvm/Transforms/Utils/Local.h"

using namespace llvm;

namespace coro {

/// Dead instructions whose deadness is plain from the instruction alone. Calls
/// stay: whether one may go depends on attributes, and those may differ between
/// the unit and the scratch module that sizes a task.
static bool isPlainlyDead(const Instruction &I) {
  if (!I.use_empty() || I.isTerminator() || I.isEHPad() || isa<CallBase>(I))
    return false;
  if (const auto *Load = dyn_cast<LoadInst>(&I))
    return !Load->isVolatile() && !Load->isAtomic();
  return !I.mayHaveSideEffects() && !isa<AllocaInst>(I);
}

static void removeDead(Function &F) {
  SmallVector<Instruction *, 32> Worklist;
  for (Instruction &I : instructions(F))
    if (isPlainlyDead(I))
      Worklist.push_back(&I);
  while (!Worklist.empty()) {
    Instruction *I = Worklist.pop_back_val();
    SmallVector<Instruction *, 4> Operands;
    for (Value *Operand : I->operands())
      if (auto *Inst = dyn_cast<Instruction>(Operand))
        if (!is_contained(Operands, Inst))
          Operands.push_back(Inst);
    salvageDebugInfo(*I);
    I->eraseFromParent();
    for (Instruction *Operand : Operands)
      if (isPlainlyDead(*Operand) && !is_contained(Worklist, Operand))
        Worklist.push_back(Operand);
  }
}

void simplify(Function &F, ModuleAnalysisManager &AM) {
  if (F.hasOptNone())
    return;
  auto &FAM = AM.getResult<FunctionAnalysisManagerModuleProxy>(*F.getParent())
                  .getManager();
  FAM.invalidate(F, PreservedAnalyses::none());
  FAM.invalidate(F, SROAPass(SROAOptions::PreserveCFG).run(F, FAM));
  threadKnownBranches(F);
  removeDead(F);
  FAM.invalidate(F, PreservedAnalyses::none());
}

} // namespace coro
