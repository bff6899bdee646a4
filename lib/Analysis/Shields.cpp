//===-- Shields.cpp - What cancellation waits for -------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Question: is an instruction in a cleanup, or in the block of a coro_shield?
// Markers open and close shields, each by its number:
//
//   coro.shield(1, true)       1 is open
//   coro.shield(2, true)       1 and 2 are
//   coro.shield(2, false)      1 is
//
// Forwards; where paths meet, what is open on one of them counts: to take code
// for shielded that is not only delays a cancellation. What closes a shield
// that is not open does nothing, so an edge may leave one before it began.
//
// Invalidated by any change to blocks or to these markers.
//
//===----------------------------------------------------------------------===//

#include "Analysis/Shields.h"
#include "IR/Markers.h"
#include "llvm/IR/CFG.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"

using namespace llvm;

namespace coro {

static uint64_t numberOf(const Instruction &Shield) {
  return cast<ConstantInt>(cast<CallBase>(Shield).getArgOperand(0))
      ->getZExtValue();
}

static bool opens(const Instruction &Shield) {
  const auto &Call = cast<CallBase>(Shield);
  return !cast<ConstantInt>(Call.getArgOperand(1))->isZero();
}

/// Makes of what is open before I what is open behind it.
void Shields::pass(const Instruction &I, BitVector &Open) const {
  if (isMarker(&I, Marker::Shield))
    Open[Bits.lookup(numberOf(I))] = opens(I);
}

BitVector Shields::atStart(const BasicBlock &Block) const {
  auto Found = AtStart.find(&Block);
  return Found == AtStart.end() ? BitVector(Bits.size()) : Found->second;
}

Shields::Shields(const Function &F) {
  SmallVector<const BasicBlock *, 16> Worklist;
  for (const Instruction &I : instructions(F))
    if (isMarker(&I, Marker::Shield)) {
      Bits.try_emplace(numberOf(I), Bits.size());
      if (opens(I))
        Worklist.push_back(I.getParent());
    }
  while (!Worklist.empty()) {
    const BasicBlock *Block = Worklist.pop_back_val();
    BitVector Open = atStart(*Block);
    for (const Instruction &I : *Block)
      pass(I, Open);
    if (Open.none())
      continue;
    for (const BasicBlock *Next : successors(Block)) {
      BitVector Known = atStart(*Next), Both = Known;
      Both |= Open;
      if (Both != Known) {
        AtStart[Next] = std::move(Both);
        Worklist.push_back(Next);
      }
    }
  }
}

bool Shields::cover(const Instruction &I) const {
  if (Bits.empty())
    return false;
  BitVector Open = atStart(*I.getParent());
  for (const Instruction &Each : *I.getParent()) {
    if (&Each == &I)
      break;
    pass(Each, Open);
  }
  return Open.any();
}

} // namespace coro
