//===-- UnwindTries.cpp - Where unwinding ends in a function --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A raise goes from the end of its try to the catch: to where __coro_try
// returned, which now gives 0. What unwinds for another reason passes by.
//
// What is on its way while a cleanup raises and catches is kept: __coro_try
// saves the reason, and the slot of a foreign exception.
//
//===----------------------------------------------------------------------===//

#include "IR/Facts.h"
#include "Transforms/UnwindEdges.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/Local.h"

using namespace llvm;

namespace coro {

/// What Slot holds before the block is what it holds after a raise in it.
static void keep(Value *Slot, Type *T, IRBuilder<> &Enter,
                 IRBuilder<> &Caught) {
  if (Slot)
    Caught.CreateStore(Enter.CreateLoad(T, Slot), Slot);
}

/// Raises come to where the block was entered, with 0 for 1.
void UnwindEdges::lowerTry(TryBlock &Try) {
  CallBase &Begin = *Try.Begin;
  Type *Int = Begin.getType();
  if (Try.UnwindEnds.empty()) {
    Begin.replaceAllUsesWith(ConstantInt::get(Int, 1));
    Begin.eraseFromParent();
    return;
  }
  BasicBlock *Before = Begin.getParent();
  BasicBlock *Both = Before->splitBasicBlock(Begin.getIterator());
  BasicBlock *Catch = newBlock("coro.catch");
  Catch->moveAfter(Before);
  Catches[&Try] = Catch;
  IRBuilder<> Enter(Before->getTerminator()), Caught(Catch);
  if (HasStack)
    Caught.CreateStackRestore(Enter.CreateStackSave());
  if (!Own)
    keep(Foreign.slot(), Enter.getPtrTy(), Enter, Caught);
  keep(Reason, Enter.getInt8Ty(), Enter, Caught);
  Caught.CreateBr(Both);
  IRBuilder<> B(&Both->front());
  PHINode *Entered = B.CreatePHI(Int, 2);
  Entered->addIncoming(ConstantInt::get(Int, 1), Before);
  Entered->addIncoming(ConstantInt::get(Int, 0), Catch);
  Begin.replaceAllUsesWith(Entered);
  Begin.eraseFromParent();
}

void UnwindEdges::cutUnwindEnd(CallBase &End, const TryBlock &Try) {
  BasicBlock *Block = End.getParent();
  BasicBlock *Further = Block->splitBasicBlock(End.getIterator());
  Block->getTerminator()->eraseFromParent();
  IRBuilder<> B(Block);
  BasicBlock *Catch = Catches.lookup(&Try);
  Value *Passes = nullptr;
  if (Reason)
    Passes = B.CreateICmpNE(B.CreateLoad(B.getInt8Ty(), Reason),
                            outcomeConstant(C, Outcome::Raised));
  else if (!Own)
    Passes = Foreign.isForeign(B);
  if (Passes)
    B.CreateCondBr(Passes, Further, Catch);
  else
    B.CreateBr(isCoroutine(F) ? Further : Catch);
  End.eraseFromParent();
}

void UnwindEdges::lowerTries() {
  for (auto &[Slot, Try] : Paths.tries())
    lowerTry(Try);
  SmallPtrSet<Value *, 4> Guards;
  for (auto &[Slot, Try] : Paths.tries()) {
    for (CallBase *End : Try.UnwindEnds) {
      Guards.insert(End->getArgOperand(0)->stripPointerCasts());
      cutUnwindEnd(*End, Try);
    }
    for (CallBase *End : Try.NormalEnds) {
      Guards.insert(End->getArgOperand(0)->stripPointerCasts());
      End->eraseFromParent();
    }
  }
  for (Value *Guard : Guards)
    dropWrittenVariable(Guard);
}

void UnwindEdges::lowerResume(ResumeInst &Resume) {
  BasicBlock *Block = Resume.getParent();
  IRBuilder<> B(&Resume);
  if (Value *IsForeign = Own ? nullptr : Foreign.isForeign(B)) {
    Instruction *Test = cast<Instruction>(IsForeign);
    BasicBlock *Rest = Block->splitBasicBlock(std::next(Test->getIterator()));
    Block->getTerminator()->eraseFromParent();
    B.SetInsertPoint(Block);
    B.CreateCondBr(IsForeign, Rest, exitBlock());
    return;
  }
  Value *Exception = Resume.getValue();
  B.CreateBr(exitBlock());
  Resume.eraseFromParent();
  RecursivelyDeleteTriviallyDeadInstructions(Exception);
}

} // namespace coro
