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
// A variable that is returned is not copied to the place of the result: it is
// there from the start.
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
#include "llvm/ADT/SetVector.h"
#include "llvm/IR/CFG.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Module.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"

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

/// No path from Copy to the end of the function writes anything; Ends gets the
/// markers on them.
static bool isLastBeforeReturn(Instruction &Copy,
                               SmallSetVector<Instruction *, 4> &Ends) {
  SmallPtrSet<const BasicBlock *, 4> Seen;
  SmallVector<Instruction *, 4> Worklist = {Copy.getNextNode()};
  while (!Worklist.empty()) {
    Instruction *I = Worklist.pop_back_val();
    for (; !I->isTerminator(); I = I->getNextNode()) {
      if (I->isLifetimeStartOrEnd())
        Ends.insert(I);
      else if (I->mayWriteToMemory())
        return false;
    }
    for (BasicBlock *Next : successors(I->getParent()))
      if (Seen.insert(Next).second)
        Worklist.push_back(&Next->front());
  }
  return true;
}

/// The variable that Use copies to all of Slot, or null.
static AllocaInst *copiedTo(AllocaInst &Slot, User &Use) {
  auto *Copy = dyn_cast<MemCpyInst>(&Use);
  auto *V = Copy ? dyn_cast<AllocaInst>(Copy->getRawSource()) : nullptr;
  auto *Length = Copy ? dyn_cast<ConstantInt>(Copy->getLength()) : nullptr;
  const DataLayout &DL = Slot.getModule()->getDataLayout();
  if (!V || !Length || Copy->isVolatile() || Copy->getRawDest() != &Slot ||
      V->getAllocationSize(DL) != Slot.getAllocationSize(DL) ||
      Slot.getAllocationSize(DL) != TypeSize::getFixed(Length->getZExtValue()))
    return nullptr;
  return V;
}

/// The variable that is copied to the place wherever the function returns one,
/// and nothing else is: it may as well be there from the start. Null where
/// there is none, or where an error may have to be there beside it.
static AllocaInst *variableToReturn(Function &F, AllocaInst &Slot) {
  if (F.hasOptNone() || errorParameter(F) || Slot.use_empty())
    return nullptr;
  SmallVector<User *, 4> Copies(Slot.users());
  AllocaInst *V = copiedTo(Slot, *Copies.front());
  if (!V || !V->isStaticAlloca() || childOf(*V) ||
      resultPlace(F).Offset % V->getAlign().value())
    return nullptr;
  SmallSetVector<Instruction *, 4> Ends;
  for (User *Copy : Copies)
    if (copiedTo(Slot, *Copy) != V ||
        !isLastBeforeReturn(*cast<Instruction>(Copy), Ends))
      return nullptr;
  for (Instruction *End : Ends)
    if (lifetimeVariable(*cast<CallBase>(End)) == V)
      End->eraseFromParent();
  for (User *Copy : Copies)
    cast<Instruction>(Copy)->eraseFromParent();
  return V;
}

static void placeStructResult(Function &F) {
  auto Parameter =
      structResultParameter(*F.getFunctionType(), F.getAttributes());
  if (!Parameter)
    return;
  Argument &A = *F.getArg(*Parameter);
  AllocaInst *Slot = ownVariable(
      A, structResultType(F.getContext(), F.getAttributes(), *Parameter));
  if (AllocaInst *V = variableToReturn(F, *Slot)) {
    V->setAlignment(std::max(V->getAlign(), Slot->getAlign()));
    setResultSlot(*V);
    Slot->eraseFromParent();
    return;
  }
  setResultSlot(*Slot);
  beginBeforeUses(*Slot);
}

/// Copies what is in Own to its place where the function returns it.
static void copyAtReturn(Function &F, AllocaInst &Own, AllocaInst &Slot,
                         uint64_t Size) {
  SmallVector<ReturnInst *, 4> Returns;
  for (BasicBlock &Block : F)
    if (auto *Return = dyn_cast<ReturnInst>(Block.getTerminator()))
      Returns.push_back(Return);
  for (ReturnInst *Return : Returns) {
    IRBuilder<> B(Return);
    Value *Raised =
        B.CreateICmpEQ(outcomePart(B, Return->getReturnValue()),
                       outcomeConstant(F.getContext(), Outcome::Raised));
    B.SetInsertPoint(SplitBlockAndInsertIfThen(Raised, Return->getIterator(),
                                               /*Unreachable=*/false));
    B.CreateMemCpy(&Slot, Slot.getAlign(), &Own, Own.getAlign(), Size);
  }
}

/// Where a struct is returned, its place is a variable of the program, and the
/// error's is on the same bytes. Cleanups may look at that variable after the
/// error was stored, so the error waits elsewhere until the function returns.
static void placeError(Function &F) {
  Argument *A = errorParameter(F);
  if (!A)
    return;
  ResultPlace Place = *exchangePlace(F, Exchange::Error);
  Type *Bytes = ArrayType::get(Type::getInt8Ty(F.getContext()), Place.Size);
  AllocaInst *Own = ownVariable(*A, Bytes), *Slot = Own;
  Own->setAlignment(Align(Place.Align));
  if (structResultParameter(*F.getFunctionType(), F.getAttributes())) {
    Slot = cast<AllocaInst>(Own->clone());
    Slot->insertBefore(Own->getIterator());
    copyAtReturn(F, *Own, *Slot, Place.Size);
    beginBeforeUses(*Own);
  }
  setErrorSlot(*Slot);
  beginBeforeUses(*Slot);
}

void placeEnds(Function &F) {
  placeStructResult(F);
  placeError(F);
}

} // namespace coro
