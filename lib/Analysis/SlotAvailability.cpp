//===-- SlotAvailability.cpp - Which slots hold their value ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Question: at which suspensions must a value be stored? It was stored at an
// earlier one, and is still in its slot, unless it was computed anew since, or
// something that shares bytes with the slot was written:
//
//     %n = ...                n is stored at 0; at 1 its slot still has it,
//     point 0                 unless a variable alive between the two lies on
//     point 1                 the same bytes
//     use %n
//
// Forwards, merge: and. A value is `there` after a suspension that keeps it,
// and no longer after its definition, or in a block where a variable with a
// byte in common is alive or has its markers: FramePlacer says at these that
// its bytes are written. Whatever a suspension does not keep is gone after it.
//
// f.start comes from the top, where nothing is in any slot. The other parts
// come from a suspension: for them the top, and what only it leads to, does not
// count, and an argument that a loop keeps is stored by f.start alone.
//
//===----------------------------------------------------------------------===//

#include "Analysis/SlotAvailability.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/PostOrderIterator.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/IR/CFG.h"

using namespace llvm;

namespace coro {

using BlockBits = DenseMap<const BasicBlock *, BitVector>;

static bool overlap(const FrameObject &A, const FrameObject &B) {
  return A.Offset < B.Offset + B.Size && B.Offset < A.Offset + A.Size;
}

/// For each variable (by its number in MemoryUses): the slots it lies on.
static std::vector<BitVector> slotsUnder(const FrameLayout &Layout) {
  const MemoryUses &Uses = Layout.Memory.Uses;
  std::vector<BitVector> Under(Uses.Variables.size(),
                               BitVector(Layout.NumValues));
  for (unsigned I = Layout.NumValues; I < Layout.Objects.size(); ++I) {
    for (unsigned V = 0; V < Layout.NumValues; ++V)
      if (overlap(Layout.Objects[I], Layout.Objects[V]))
        Under[Layout.Objects[I].Variable].set(V);
  }
  return Under;
}

/// For each block: what is no longer in its slot after it.
static BlockBits lostIn(const Coroutine &C, const FrameLayout &Layout) {
  std::vector<BitVector> Under = slotsUnder(Layout);
  BlockBits Lost;
  for (const BasicBlock &Block : C.F) {
    BitVector &Gone = Lost[&Block];
    Gone.resize(Layout.NumValues);
    auto Active = Layout.Memory.InBlock.find(&Block);
    if (Active != Layout.Memory.InBlock.end())
      for (unsigned Variable : Active->second.set_bits())
        Gone |= Under[Variable];
  }
  for (unsigned Variable = 0; Variable < Under.size(); ++Variable)
    for (const User *U : Layout.Memory.Uses.Variables[Variable]->users())
      if (auto *I = dyn_cast<Instruction>(U); I && I->isLifetimeStartOrEnd())
        Lost[I->getParent()] |= Under[Variable];
  for (unsigned V = 0; V < Layout.NumValues; ++V) {
    const Value *What = Layout.Objects[V].What;
    const auto *I = dyn_cast<Instruction>(What);
    Lost[I ? I->getParent() : &C.F.getEntryBlock()].set(V);
  }
  return Lost;
}

/// The blocks that follow a suspension, at whatever distance.
static DenseSet<const BasicBlock *> afterSuspensions(const Coroutine &C) {
  DenseSet<const BasicBlock *> After;
  SmallVector<const BasicBlock *, 16> Worklist;
  for (const SuspendPoint &Point : C.Points)
    Worklist.push_back(Point.Resume);
  while (!Worklist.empty()) {
    const BasicBlock *Block = Worklist.pop_back_val();
    if (After.insert(Block).second)
      append_range(Worklist, successors(Block));
  }
  return After;
}

/// Takes from Kept what is there already, on all ways through these blocks.
static void dropThere(const Coroutine &C, unsigned NumValues,
                      const BlockBits &Lost,
                      ArrayRef<const BasicBlock *> Blocks,
                      std::vector<BitVector> &Kept) {
  // Everything is there until a path says otherwise; nothing is at the start.
  BlockBits There;
  for (const BasicBlock &Block : C.F)
    There[&Block] = BitVector(NumValues, &Block != &C.F.getEntryBlock());
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (const BasicBlock *Block : Blocks) {
      BitVector Out = There[Block];
      auto Point = C.PointOfSuspend.find(Block);
      if (Point != C.PointOfSuspend.end())
        Out = Kept[Point->second];
      else
        Out.reset(Lost.find(Block)->second);
      for (const BasicBlock *Next : successors(Block)) {
        BitVector &In = There[Next];
        BitVector Before = In;
        In &= Out;
        Changed |= In != Before;
      }
    }
  }
  for (unsigned Point = 0; Point < C.Points.size(); ++Point)
    Kept[Point].reset(There[C.Points[Point].Suspend]);
}

SlotStores slotsToStore(const Coroutine &C, const FrameLayout &Layout,
                        const Options &Opts) {
  std::vector<BitVector> Kept;
  for (const BitVector &Alive : Layout.AtPoint) {
    BitVector Values(Layout.NumValues);
    for (unsigned Object : Alive.set_bits())
      if (Object < Layout.NumValues)
        Values.set(Object);
    Kept.push_back(Values);
  }
  SlotStores Stores = {Kept, Kept};
  if (Opts.SpillAll || Opts.NoOverlay || Opts.PoisonDead || Kept.empty())
    return Stores;

  BlockBits Lost = lostIn(C, Layout);
  ReversePostOrderTraversal<const Function *> Order(&C.F);
  SmallVector<const BasicBlock *, 32> All(Order.begin(), Order.end()), Resumed;
  DenseSet<const BasicBlock *> After = afterSuspensions(C);
  copy_if(All, std::back_inserter(Resumed),
          [&After](const BasicBlock *Block) { return After.contains(Block); });
  dropThere(C, Layout.NumValues, Lost, All, Stores.Any);
  dropThere(C, Layout.NumValues, Lost, Resumed, Stores.Resumed);
  return Stores;
}

} // namespace coro
