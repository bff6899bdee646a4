//===-- KnownWaker.cpp - Whose waker a context has ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Under coro_block_on and in a closed set the context is a variable. Its waker
// is stored in front of each poll, and an inlined poll wakes by it:
//
//   store ptr @waker, ptr %cx
//   call @g.start(ptr %frame, ptr %cx)
//   %ops = load ptr, ptr %cx              ; @waker
//
// g gets the context, and writes to it. LLVM has to assume that it leaves
// another waker behind, and the wake is a call through a pointer. But whoever
// is polled leaves the waker that it found (IR/Borrowed.h). So this follows
// through the function what is stored in the waker's two words, past all calls
// that borrow the context. A load of a word that has one value, whichever way
// was taken, is that value.
//
// That is done where the address of the variable is never kept: then nothing
// changes it but instructions that have it as an operand. The order of atomic
// operations, which LLVM minds, says nothing of what belongs to one thread.
//
//===----------------------------------------------------------------------===//

#include "Transforms/KnownWaker.h"
#include "IR/Borrowed.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/PostOrderIterator.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/Statistic.h"
#include "llvm/IR/CFG.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Module.h"
#include <array>
#include <optional>

#define DEBUG_TYPE "coro-known-waker"

using namespace llvm;

STATISTIC(NumKnown, "Number of loads of a known waker");

namespace coro {

namespace {
/// What is in the two words of a waker: null where it may be anything.
using Words = std::array<Value *, 2>;
using Order = ReversePostOrderTraversal<Function *>;

class Context {
  AllocaInst &Variable;
  const DataLayout &DL;
  const int64_t WordSize;
  /// What may write to it.
  SmallPtrSet<const Instruction *, 16> Writers;
  SmallSetVector<LoadInst *, 16> Loads;
  /// At the end of each block that was reached.
  DenseMap<const BasicBlock *, Words> AtEnd;
  MapVector<LoadInst *, Value *> Known;

  bool take(Instruction &I, const Value &Address);
  std::optional<int64_t> offsetOf(const Value &Address) const;
  std::optional<unsigned> wordAt(const Value &Address, Type &Accessed) const;
  void write(Instruction &I, Words &Now) const;
  Words atBegin(const BasicBlock &Block) const;

public:
  explicit Context(AllocaInst &Variable)
      : Variable(Variable), DL(Variable.getModule()->getDataLayout()),
        WordSize(DL.getPointerSize()) {}
  /// False where its address is kept, or nobody wants to know its waker.
  bool findUses();
  void follow(Order &Blocks);
  void collect(Order &Blocks);
  bool replace();
};
} // namespace

std::optional<int64_t> Context::offsetOf(const Value &Address) const {
  APInt Offset(DL.getIndexTypeSizeInBits(Address.getType()), 0);
  if (Address.stripAndAccumulateConstantOffsets(
          DL, Offset, /*AllowNonInbounds=*/true) != &Variable)
    return std::nullopt;
  return Offset.getSExtValue();
}

std::optional<unsigned> Context::wordAt(const Value &Address,
                                        Type &Accessed) const {
  std::optional<int64_t> Offset = offsetOf(Address);
  if (!Accessed.isPointerTy() || !Offset)
    return std::nullopt;
  if (*Offset == 0)
    return 0;
  return *Offset == WordSize ? std::optional(1U) : std::nullopt;
}

/// I has the address as an operand: false where it may keep it.
bool Context::take(Instruction &I, const Value &Address) {
  if (auto *Load = dyn_cast<LoadInst>(&I)) {
    if (Load->isSimple() && wordAt(Address, *Load->getType()))
      Loads.insert(Load);
    return true;
  }
  if (isa<ICmpInst>(I))
    return true;
  if (auto *Store = dyn_cast<StoreInst>(&I)) {
    Writers.insert(&I);
    return Store->getValueOperand() != &Address;
  }
  auto *Call = dyn_cast<CallBase>(&I);
  if (!Call)
    return false;
  bool Lent = isLentTo(Variable, *Call);
  for (const Use &U : Call->operands()) {
    if (U != &Address)
      continue;
    if (!Call->isArgOperand(&U))
      return false;
    unsigned Number = Call->getArgOperandNo(&U);
    if (!Call->doesNotCapture(Number))
      return false;
    if (!Lent && !Call->onlyReadsMemory(Number))
      Writers.insert(&I);
  }
  return true;
}

bool Context::findUses() {
  SmallSetVector<Value *, 16> Addresses;
  Addresses.insert(&Variable);
  for (unsigned I = 0; I < Addresses.size(); ++I)
    for (User *U : Addresses[I]->users()) {
      if (isa<GetElementPtrInst, PHINode, SelectInst>(U))
        Addresses.insert(U);
      else if (!take(*cast<Instruction>(U), *Addresses[I]))
        return false;
    }
  return !Loads.empty();
}

void Context::write(Instruction &I, Words &Now) const {
  auto *Store = dyn_cast<StoreInst>(&I);
  Type *Stored = Store ? Store->getValueOperand()->getType() : nullptr;
  std::optional<int64_t> Offset =
      Store ? offsetOf(*Store->getPointerOperand()) : std::nullopt;
  if (!Offset || Stored->isScalableTy()) {
    Now = {};
    return;
  }
  if (std::optional<unsigned> Index =
          wordAt(*Store->getPointerOperand(), *Stored)) {
    Now[*Index] = Store->getValueOperand();
    return;
  }
  int64_t End = *Offset + int64_t(DL.getTypeStoreSize(Stored).getFixedValue());
  if (*Offset < 2 * WordSize && End > 0)
    Now = {};
}

/// What all the ways to the block agree on, as far as they have been followed.
/// So a value that is computed anew in each turn of a loop is not known where
/// the turn begins: the first way there has not computed it.
Words Context::atBegin(const BasicBlock &Block) const {
  std::optional<Words> Agreed;
  for (const BasicBlock *Before : predecessors(&Block)) {
    auto Found = AtEnd.find(Before);
    if (Found == AtEnd.end())
      continue;
    if (!Agreed)
      Agreed = Found->second;
    for (auto [Word, Other] : zip(*Agreed, Found->second))
      if (Word != Other)
        Word = nullptr;
  }
  return Agreed.value_or(Words());
}

/// A word only ever goes from one value to null, so this ends.
void Context::follow(Order &Blocks) {
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (BasicBlock *Block : Blocks) {
      Words Now = atBegin(*Block);
      for (Instruction &I : *Block)
        if (Writers.contains(&I))
          write(I, Now);
      auto [Found, IsNew] = AtEnd.try_emplace(Block, Now);
      Changed |= IsNew || Found->second != Now;
      Found->second = Now;
    }
  }
}

void Context::collect(Order &Blocks) {
  for (BasicBlock *Block : Blocks) {
    Words Now = atBegin(*Block);
    for (Instruction &I : *Block) {
      if (auto *Load = dyn_cast<LoadInst>(&I); Load && Loads.contains(Load))
        if (Value *V = Now[*wordAt(*Load->getPointerOperand(), *I.getType())];
            V && V->getType() == I.getType())
          Known.insert({Load, V});
      if (Writers.contains(&I))
        write(I, Now);
    }
  }
}

/// What was stored may itself be such a load.
bool Context::replace() {
  for (auto [Load, V] : Known) {
    while (auto *Stored = dyn_cast<LoadInst>(V)) {
      auto Found = Known.find(Stored);
      if (Found == Known.end())
        break;
      V = Found->second;
    }
    Load->replaceAllUsesWith(V);
    ++NumKnown;
  }
  for (auto [Load, V] : Known)
    Load->eraseFromParent();
  return !Known.empty();
}

PreservedAnalyses KnownWaker::run(Function &F, FunctionAnalysisManager &) {
  bool Changed = false;
  for (Instruction &I : F.getEntryBlock()) {
    auto *Variable = dyn_cast<AllocaInst>(&I);
    if (!Variable || none_of(Variable->users(), [&](const User *U) {
          const auto *Call = dyn_cast<CallBase>(U);
          return Call && isLentTo(*Variable, *Call);
        }))
      continue;
    Context Cx(*Variable);
    if (!Cx.findUses())
      continue;
    Order Blocks(&F);
    Cx.follow(Blocks);
    Cx.collect(Blocks);
    Changed |= Cx.replace();
  }
  if (!Changed)
    return PreservedAnalyses::all();
  PreservedAnalyses Preserved;
  Preserved.preserveSet<CFGAnalyses>();
  return Preserved;
}

} // namespace coro
