//===-- OwnVariables.cpp - Memory that a parameter stands for -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Part of frame-expand. A struct that is passed, the place of one that is
// returned and that of an error are parameters, and become variables. Each gets
// a marker where its life begins, for only such variables share bytes with
// others: a copy where it is made, a place in the last block that comes before
// all its uses and is not run again:
//
//     begins %result        no use yet on any path
//     %f = gep %result, 8
//     while (...)
//       store %x, %f
//
//===----------------------------------------------------------------------===//

#include "Transforms/OwnVariables.h"
#include "IR/Facts.h"
#include "IR/Outcome.h"
#include "Support/Compat.h"
#include "llvm/ADT/SCCIterator.h"
#include "llvm/IR/CFG.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace coro {

/// A variable that takes a parameter's place.
static AllocaInst *ownVariable(Argument &A, Type *T) {
  Function &F = *A.getParent();
  const DataLayout &DL = F.getParent()->getDataLayout();
  IRBuilder<> B(&*F.getEntryBlock().getFirstInsertionPt());
  AllocaInst *Own =
      B.CreateAlloca(T, DL.getAllocaAddrSpace(), nullptr, A.getName());
  Own->setAlignment(
      std::max(A.getParamAlign().valueOrOne(), DL.getABITypeAlign(T)));
  A.replaceAllUsesWith(Own);
  return Own;
}

/// Struct parameters are copied by whoever is called: f.start's parameter is
/// the plain address of the caller's value, valid until it returns.
void copyStructParameters(Function &F) {
  for (Argument &A : F.args()) {
    if (!A.hasByValAttr())
      continue;
    Type *T = A.getParamByValType();
    AllocaInst *Own = ownVariable(A, T);
    IRBuilder<> B(Own->getNextNode());
    createLifetimeStart(B, Own);
    B.CreateMemCpy(Own, Own->getAlign(), &A, A.getParamAlign(),
                   F.getParent()->getDataLayout().getTypeAllocSize(T));
  }
}

static bool isInCycle(const BasicBlock &Block) {
  for (auto It = scc_begin(Block.getParent()); !It.isAtEnd(); ++It)
    if (is_contained(*It, &Block))
      return It.hasCycle();
  return false;
}

static void beginBeforeUses(AllocaInst &A) {
  Function &F = *A.getFunction();
  DominatorTree DT(F);
  BasicBlock *Home = nullptr;
  for (const Use &U : A.uses()) {
    auto *User = cast<Instruction>(U.getUser());
    auto *Phi = dyn_cast<PHINode>(User);
    BasicBlock *Block = Phi ? Phi->getIncomingBlock(U) : User->getParent();
    Home = Home ? DT.findNearestCommonDominator(Home, Block) : Block;
  }
  while (Home && isInCycle(*Home))
    Home = DT.getNode(Home)->getIDom()->getBlock();
  if (!Home)
    return;
  Instruction *First = Home->getTerminator();
  for (Instruction &I : *Home)
    if (!isa<PHINode>(I) && is_contained(I.operand_values(), &A)) {
      First = &I;
      break;
    }
  IRBuilder<> B(First);
  createLifetimeStart(B, &A);
}

static void placeStructResult(Function &F) {
  auto Parameter =
      structResultParameter(*F.getFunctionType(), F.getAttributes());
  if (!Parameter)
    return;
  Argument &A = *F.getArg(*Parameter);
  AllocaInst *Slot = ownVariable(
      A, structResultType(F.getContext(), F.getAttributes(), *Parameter));
  setResultSlot(*Slot);
  beginBeforeUses(*Slot);
}

static void placeError(Function &F) {
  Argument *A = errorParameter(F);
  if (!A)
    return;
  ResultPlace Place = *exchangePlace(F, Exchange::Error);
  AllocaInst *Slot = ownVariable(
      *A, ArrayType::get(Type::getInt8Ty(F.getContext()), Place.Size));
  Slot->setAlignment(Align(Place.Align));
  setErrorSlot(*Slot);
  beginBeforeUses(*Slot);
}

void placeEnds(Function &F) {
  placeStructResult(F);
  placeError(F);
}

} // namespace coro
