//===-- LandingPads.cpp - What clang makes for exceptions -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//   pad:  %e = landingpad { ptr, i32 } cleanup
//         store %e.0, %exn.slot      raises come in behind these, with a null
//         store %e.1, %ehselector    pointer in the slot
//
//===----------------------------------------------------------------------===//

#include "Transforms/LandingPads.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/Local.h"

using namespace llvm;

namespace coro {

bool endsUnwinding(const BasicBlock &Pad) {
  const LandingPadInst *Landing = Pad.getLandingPadInst();
  return Landing && !Landing->isCleanup();
}

void dropWrittenVariable(Value *Slot) {
  auto *Variable = dyn_cast<AllocaInst>(Slot);
  if (!Variable || any_of(Variable->users(), [](const User *U) {
        const auto *Intrinsic = dyn_cast<IntrinsicInst>(U);
        return !isa<StoreInst>(U) &&
               !(Intrinsic && Intrinsic->isLifetimeStartOrEnd());
      }))
    return;
  while (!Variable->use_empty())
    cast<Instruction>(Variable->user_back())->eraseFromParent();
  Variable->eraseFromParent();
}

void dropLandingPads(Function &F) {
  SmallPtrSet<Value *, 4> Slots;
  for (BasicBlock &Block : F) {
    auto *Pad = Block.getLandingPadInst();
    if (!Pad)
      continue;
    for (User *Part : make_early_inc_range(Pad->users())) {
      for (User *U : make_early_inc_range(Part->users()))
        if (auto *Store = dyn_cast<StoreInst>(U)) {
          Slots.insert(Store->getPointerOperand());
          Store->eraseFromParent();
        }
      if (Part->use_empty())
        cast<Instruction>(Part)->eraseFromParent();
    }
    Pad->replaceAllUsesWith(PoisonValue::get(Pad->getType()));
    Pad->eraseFromParent();
  }
  removeUnreachableBlocks(F);
  for (Value *Slot : Slots)
    dropWrittenVariable(Slot);
  if (!F.hasPersonalityFn())
    return;
  auto *Personality = dyn_cast<Function>(F.getPersonalityFn());
  F.setPersonalityFn(nullptr);
  if (Personality && Personality->isDeclaration() && Personality->use_empty())
    Personality->eraseFromParent();
}

ForeignPads::ForeignPads(Function &F) : F(F) {
  for (Instruction &I : instructions(F)) {
    auto *Store = dyn_cast<StoreInst>(&I);
    auto *Part =
        Store ? dyn_cast<ExtractValueInst>(Store->getValueOperand()) : nullptr;
    if (Part && isa<LandingPadInst>(Part->getAggregateOperand()) &&
        Part->getIndices()[0] == 0)
      Slot = Store->getPointerOperand();
  }
}

static bool isPadPrefix(const Instruction &I) {
  if (isa<LandingPadInst, DbgInfoIntrinsic>(I))
    return true;
  const auto *Part = dyn_cast<ExtractValueInst>(&I);
  if (const auto *Store = dyn_cast<StoreInst>(&I))
    Part = dyn_cast<ExtractValueInst>(Store->getValueOperand());
  return Part && isa<LandingPadInst>(Part->getAggregateOperand());
}

BasicBlock *ForeignPads::entryOf(BasicBlock &Pad) {
  BasicBlock *&Entry = Entries[&Pad];
  if (Entry)
    return Entry;
  auto First = Pad.begin();
  while (isPadPrefix(*First))
    ++First;
  BasicBlock *Rest = Pad.splitBasicBlock(First, "coro.unwinding");
  LLVMContext &C = F.getContext();
  Entry = BasicBlock::Create(C, "coro.raising", &F);
  IRBuilder<> B(Entry);
  if (Slot)
    B.CreateStore(ConstantPointerNull::get(PointerType::getUnqual(C)), Slot);
  B.CreateBr(Rest);
  return Entry;
}

Value *ForeignPads::isForeign(IRBuilder<> &B) const {
  return Slot ? B.CreateIsNotNull(B.CreateLoad(B.getPtrTy(), Slot)) : nullptr;
}

} // namespace coro
