//===-- ComputedGoto.cpp - Labels as values -------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// After the split each label exists in f.start and in f.poll, and a table of
// label addresses can name only one of them; besides, an address kept over a
// suspension would put a code pointer into the frame. So a label becomes its
// number, from 1 on (a label's address is never null), and a computed goto a
// switch:
//
//     static void *table[] = {&&a, &&b};      {(void *)1, (void *)2}
//     goto *table[i];                    =>   switch ((uintptr_t)table[i])
//
// Comparisons and differences of labels keep working, since all labels of a
// function are numbered alike.
//
//===----------------------------------------------------------------------===//

#include "Transforms/ComputedGoto.h"
#include "llvm/ADT/Statistic.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/DataLayout.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Module.h"

#define DEBUG_TYPE "frame-prepare"

using namespace llvm;

STATISTIC(NumGotos, "Number of computed gotos turned into switches");

namespace coro {

/// All computed gotos of a function, as one block that switches on the label.
static void lowerGotos(ArrayRef<IndirectBrInst *> Gotos,
                       ArrayRef<BasicBlock *> Labels, IntegerType *Int) {
  for (IndirectBrInst *Goto : Gotos) {
    BasicBlock *From = Goto->getParent();
    IRBuilder<> B(Goto);
    BasicBlock *Nowhere = BasicBlock::Create(From->getContext(), "goto.nowhere",
                                             From->getParent());
    new UnreachableInst(From->getContext(), Nowhere);
    Value *Label = B.CreatePtrToInt(Goto->getAddress(), Int);
    SwitchInst *Switch = B.CreateSwitch(Label, Nowhere, Labels.size());
    SmallPtrSet<BasicBlock *, 8> Wanted;
    for (unsigned I = 0; I < Goto->getNumDestinations(); ++I) {
      // One edge a destination: the phis have one entry for each of the
      // computed goto's.
      if (!Wanted.insert(Goto->getDestination(I)).second)
        Goto->getDestination(I)->removePredecessor(From, true);
    }
    SmallPtrSet<BasicBlock *, 8> Reached;
    for (unsigned I = 0; I < Labels.size(); ++I)
      if (Wanted.contains(Labels[I])) {
        Switch->addCase(ConstantInt::get(Int, I + 1), Labels[I]);
        Reached.insert(Labels[I]);
      }
    for (BasicBlock *Block : Wanted)
      if (!Reached.contains(Block))
        Block->removePredecessor(From, true);
    Goto->eraseFromParent();
    ++NumGotos;
  }
}

void lowerComputedGotos(Function &F) {
  SmallVector<BasicBlock *, 8> Labels;
  for (BasicBlock &Block : F)
    if (Block.hasAddressTaken())
      Labels.push_back(&Block);
  SmallVector<IndirectBrInst *, 8> Gotos;
  for (BasicBlock &Block : F)
    if (auto *Goto = dyn_cast<IndirectBrInst>(Block.getTerminator()))
      Gotos.push_back(Goto);
  if (Labels.empty() && Gotos.empty())
    return;
  IntegerType *Int =
      F.getParent()->getDataLayout().getIntPtrType(F.getContext());
  lowerGotos(Gotos, Labels, Int);
  for (unsigned I = 0; I < Labels.size(); ++I) {
    BlockAddress *Address = BlockAddress::get(&F, Labels[I]);
    Constant *Number = ConstantInt::get(Int, I + 1);
    Address->replaceAllUsesWith(
        ConstantExpr::getIntToPtr(Number, Address->getType()));
    Address->destroyConstant();
  }
}

} // namespace coro
