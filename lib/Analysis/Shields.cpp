//===-- Shields.cpp - What cancellation waits for -------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Question: is an instruction in a cleanup, or in the block of a coro_shield?
// Markers open and close shields, in pairs on every path, and one may lie in
// another:
//
//   coro.shield(1, true)       1 open
//   coro.shield(2, true)       2 open
//   coro.shield(2, false)      1 open
//
// Forwards; where paths meet, the larger number counts: to take code for
// shielded that is not only delays a cancellation. The number of opening
// markers bounds it.
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

static bool opens(const Instruction &Shield) {
  const auto &Call = cast<CallBase>(Shield);
  return !cast<ConstantInt>(Call.getArgOperand(1))->isZero();
}

/// What is open behind I, of Open before it.
static unsigned pass(const Instruction &I, unsigned Open) {
  if (!isMarker(&I, Marker::Shield))
    return Open;
  if (opens(I))
    return Open + 1;
  return Open ? Open - 1 : 0;
}

Shields::Shields(const Function &F) {
  unsigned Most = 0;
  SmallVector<const BasicBlock *, 16> Worklist;
  for (const Instruction &I : instructions(F))
    if (isMarker(&I, Marker::Shield) && opens(I)) {
      ++Most;
      Worklist.push_back(I.getParent());
    }
  while (!Worklist.empty()) {
    const BasicBlock *Block = Worklist.pop_back_val();
    unsigned Open = AtStart.lookup(Block);
    for (const Instruction &I : *Block)
      Open = std::min(pass(I, Open), Most);
    for (const BasicBlock *Next : successors(Block))
      if (Open > AtStart.lookup(Next)) {
        AtStart[Next] = Open;
        Worklist.push_back(Next);
      }
  }
}

bool Shields::cover(const Instruction &I) const {
  unsigned Open = AtStart.lookup(I.getParent());
  for (const Instruction &Each : *I.getParent()) {
    if (&Each == &I)
      break;
    Open = pass(Each, Open);
  }
  return Open != 0;
}

} // namespace coro
