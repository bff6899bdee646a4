//===-- UnwindPaths.cpp - Where raises are caught -------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The front end gives the block of coro_try a variable with a cleanup, the
// guard, which holds the address of the catch's variable, the slot:
//
//   if (__coro_try(&e)) {
//     void *guard __attribute__((cleanup(__coro_try_end))) = &e;
//     ...
//   } else { ... }
//
// clang calls the cleanup twice: where the block is left, and in the code that
// landing pads of the block lead to. The latter is where a raise is caught. It
// is told by walking backwards: to a landing pad, before the guard is set. (A
// cleanup may have a coro_try of its own, all of which is code that landing
// pads lead to.)
//
// Where a landing pad leads is told by walking forwards to the first such call.
// The IR is as clang has made it: unwind code never goes back to other code.
//
//===----------------------------------------------------------------------===//

#include "Analysis/UnwindPaths.h"
#include "IR/Markers.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/IR/CFG.h"

using namespace llvm;

namespace coro {

StoreInst *guardStore(CallBase &End) {
  Value *Guard = End.getArgOperand(0)->stripPointerCasts();
  for (User *U : Guard->users())
    if (auto *Store = dyn_cast<StoreInst>(U);
        Store && Store->getPointerOperand() == Guard)
      return Store;
  return nullptr;
}

static bool comesBefore(const Instruction &First, const Instruction &Second) {
  return First.getParent() == Second.getParent() && First.comesBefore(&Second);
}

bool isUnwinding(CallBase &End, const StoreInst &Guard) {
  if (comesBefore(Guard, End))
    return false;
  SmallSetVector<BasicBlock *, 16> Behind;
  Behind.insert(End.getParent());
  for (unsigned I = 0; I < Behind.size(); ++I) {
    if (Behind[I]->isLandingPad())
      return true;
    for (BasicBlock *Before : predecessors(Behind[I]))
      if (Before != Guard.getParent())
        Behind.insert(Before);
  }
  return false;
}

UnwindPaths::UnwindPaths(Function &F) {
  for (CallBase *Begin : callsOf(F, Marker::Try)) {
    Value *Slot = Begin->getArgOperand(0)->stripPointerCasts();
    Tries[Slot] = {Begin, Slot, {}, {}};
  }
  for (CallBase *End : callsOf(F, Marker::TryEnd)) {
    StoreInst *Guard = guardStore(*End);
    auto Try = Guard ? Tries.find(Guard->getValueOperand()->stripPointerCasts())
                     : Tries.end();
    if (Try == Tries.end())
      continue;
    if (!isUnwinding(*End, *Guard)) {
      Try->second.NormalEnds.push_back(End);
      continue;
    }
    Try->second.UnwindEnds.push_back(End);
    Ends[End] = &Try->second;
  }
}

TryBlock *UnwindPaths::caughtBy(BasicBlock &Pad) {
  auto [Answer, IsNew] = Known.try_emplace(&Pad, nullptr);
  if (!IsNew)
    return Answer->second;
  SmallSetVector<BasicBlock *, 16> Ahead;
  Ahead.insert(&Pad);
  for (unsigned I = 0; I < Ahead.size(); ++I) {
    for (Instruction &Each : *Ahead[I])
      if (auto *Call = dyn_cast<CallBase>(&Each))
        if (TryBlock *Found = Ends.lookup(Call))
          return Answer->second = Found;
    const Instruction *End = Ahead[I]->getTerminator();
    if (const auto *Invoke = dyn_cast<InvokeInst>(End))
      Ahead.insert(Invoke->getNormalDest());
    else
      for (BasicBlock *Next : successors(Ahead[I]))
        Ahead.insert(Next);
  }
  return nullptr;
}

} // namespace coro
