//===-- DeferredBlocks.cpp - One copy of each _Defer ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// In the copy for unwind code, clang 22 reads variables of the block from where
// the first copy has them and initialises others, and gives calls in a coro_try
// of the block no edge to it. So that copy is cut out, and what was around it
// goes through the first one:
//
//   pad:  %n = 1, br %block             block: ...
//   on:   ...                                  switch %n, %out [1, %on]
//
// The front end has put the markers __coro_defer_begin(number) and
// __coro_defer_end(number) around the block. A block that is only in unwind
// code, because its scope is left in no other way, is left alone.
//
//===----------------------------------------------------------------------===//

#include "Transforms/DeferredBlocks.h"
#include "IR/Facts.h"
#include "IR/Markers.h"
#include "Transforms/LowerShields.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/IR/CFG.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/Local.h"

using namespace llvm;

namespace coro {

static uint64_t numberOf(const CallBase &Mark) {
  return cast<ConstantInt>(Mark.getArgOperand(0))->getZExtValue();
}

/// What landing pads lead to.
static SmallSetVector<BasicBlock *, 16> unwindCode(Function &F) {
  SmallSetVector<BasicBlock *, 16> Found;
  for (BasicBlock &Block : F)
    if (Block.isLandingPad())
      Found.insert(&Block);
  for (unsigned I = 0; I < Found.size(); ++I)
    for (BasicBlock *Next : successors(Found[I]))
      Found.insert(Next);
  return Found;
}

/// The end of the copy that begins there; null where it is never come to.
static CallBase *endOf(CallBase &Begin) {
  SmallSetVector<BasicBlock *, 16> Ahead;
  Ahead.insert(Begin.getParent());
  for (unsigned I = 0; I < Ahead.size(); ++I) {
    for (Instruction &Each : *Ahead[I])
      if (isMarker(&Each, Marker::DeferEnd) &&
          numberOf(cast<CallBase>(Each)) == numberOf(Begin))
        return cast<CallBase>(&Each);
    for (BasicBlock *Next : successors(Ahead[I]))
      if (!Next->isLandingPad())
        Ahead.insert(Next);
  }
  return nullptr;
}

DeferredBlocks::DeferredBlocks(Function &F) : F(F) {
  SmallVector<CallBase *, 8> All = callsOf(F, Marker::DeferBegin);
  if (All.empty())
    return;
  SmallSetVector<BasicBlock *, 16> Unwinding = unwindCode(F);
  // Told before any is cut: what follows one is a block of its own then.
  SmallVector<CallBase *, 8> Copies;
  for (CallBase *Begin : All)
    if (Unwinding.contains(Begin->getParent()))
      Copies.push_back(Begin);
    else
      Begins[numberOf(*Begin)] = Begin;
  for (auto [Number, Begin] : Begins)
    if (CallBase *End = endOf(*Begin))
      Ends[Number] = End;
  for (CallBase *Begin : Copies)
    if (Begins.count(numberOf(*Begin)))
      cut(*Begin);
  // Nothing else: removeUnreachableBlocks also takes edges from calls of what
  // has been lowered, and so unwinds no more, but still raises.
  EliminateUnreachableBlocks(F);
}

/// What follows the copy follows its first marker.
void DeferredBlocks::cut(CallBase &Begin) {
  CallBase *End = endOf(Begin);
  BasicBlock *Block = Begin.getParent();
  BasicBlock *After =
      End ? End->getParent()->splitBasicBlock(End->getIterator()) : nullptr;
  Block->splitBasicBlock(std::next(Begin.getIterator()));
  Block->getTerminator()->eraseFromParent();
  IRBuilder<> B(Block);
  if (After) {
    B.CreateBr(After);
    End->eraseFromParent();
  } else {
    B.CreateUnreachable();
  }
  Runs.push_back(&Begin);
}

/// The block of this number is run from these places too.
void DeferredBlocks::share(uint64_t Number, ArrayRef<CallBase *> From) {
  CallBase *Begin = Begins[Number], *End = Ends.lookup(Number);
  Type *Int = Type::getInt32Ty(F.getContext());
  AllocaInst *Which = IRBuilder<>(&F.getEntryBlock(), F.getEntryBlock().begin())
                          .CreateAlloca(Int);
  BasicBlock *Entry = Begin->getParent()->splitBasicBlock(
      std::next(Begin->getIterator()), "coro.deferred");
  new StoreInst(ConstantInt::get(Int, 0), Which, Begin->getIterator());
  SwitchInst *Back = nullptr;
  if (End) {
    BasicBlock *Last = End->getParent();
    BasicBlock *Out = Last->splitBasicBlock(std::next(End->getIterator()));
    Last->getTerminator()->eraseFromParent();
    IRBuilder<> B(Last);
    Back = B.CreateSwitch(B.CreateLoad(Int, Which), Out, From.size());
  }
  for (auto [Index, Run] : enumerate(From)) {
    auto *Value = ConstantInt::get(cast<IntegerType>(Int), Index + 1);
    BasicBlock *Before = Run->getParent();
    BasicBlock *After = Before->splitBasicBlock(std::next(Run->getIterator()));
    Before->getTerminator()->eraseFromParent();
    IRBuilder<> B(Before);
    B.CreateStore(Value, Which);
    B.CreateBr(Entry);
    if (Back)
      Back->addCase(Value, After);
  }
}

/// Values that are no longer computed on all ways to where they are used go
/// through memory.
void DeferredBlocks::demoteCrossing() {
  EliminateUnreachableBlocks(F);
  DominatorTree Tree(F);
  SmallVector<Instruction *, 8> Crossing;
  for (Instruction &I : instructions(F))
    if (any_of(I.uses(), [&](const Use &U) { return !Tree.dominates(&I, U); }))
      Crossing.push_back(&I);
  for (Instruction *I : Crossing)
    DemoteRegToStack(*I);
}

/// Copies in copies are gone, and what was only come to by edges that are.
void DeferredBlocks::forgetErased() {
  SmallPtrSet<CallBase *, 16> Left;
  for (Marker Which : {Marker::DeferBegin, Marker::DeferEnd})
    for (CallBase *Mark : callsOf(F, Which))
      Left.insert(Mark);
  erase_if(Runs, [&](CallBase *Run) { return !Left.contains(Run); });
  for (auto &[Number, End] : Ends)
    if (!Left.contains(End))
      End = nullptr;
}

void DeferredBlocks::join() {
  forgetErased();
  MapVector<uint64_t, SmallVector<CallBase *, 2>> ByNumber;
  for (CallBase *Run : Runs)
    ByNumber[numberOf(*Run)].push_back(Run);
  for (auto &[Number, From] : ByNumber)
    share(Number, From);
  SmallPtrSet<CallBase *, 8> Cut(Runs.begin(), Runs.end());
  for (auto [Which, Begins] : {std::pair(Marker::DeferBegin, true),
                               std::pair(Marker::DeferEnd, false)})
    for (CallBase *Mark : callsOf(F, Which)) {
      IRBuilder<> B(Mark);
      if (isCoroutine(F) && !Cut.contains(Mark))
        markShield(B, numberOf(*Mark), Begins);
      Mark->eraseFromParent();
    }
  if (!Runs.empty())
    demoteCrossing();
}

} // namespace coro
