//===-- VerifyPlacement.cpp - Whether slots are read as they were written -===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Question: does every load of a value from its slot read what the value's own
// store left there, on every path?
//
//     store %x, slot          from here ...
//     point
//     store %y, other slot    wrong where the two share a byte
//     %r = load slot          ... to here the slot's bytes matter
//
// Backwards, merge: or. A slot matters from a load back to a store of its own.
// Nothing else may write its bytes there: no other slot's store, nothing that
// is given the address of a variable with a byte in common, and no block may
// have such a variable alive from its start to its end. A slot that matters
// where the function begins is read without having been written.
//
//===----------------------------------------------------------------------===//

#include "Analysis/VerifyLayout.h"
#include "llvm/ADT/PostOrderIterator.h"
#include "llvm/IR/CFG.h"

using namespace llvm;

namespace coro {

namespace {
class PlacementVerifier {
  const Coroutine &C;
  const FrameLayout &Layout;
  const PlacedObjects &Placed;
  raw_ostream &OS;
  bool Broken = false;
  /// Which slots each object has a byte in common with, but for itself.
  std::vector<BitVector> Shared;
  /// Who may write a variable.
  DenseMap<const Instruction *, SmallVector<unsigned, 1>> Writers;
  DenseMap<const BasicBlock *, BitVector> LiveOut;

  void fault(const Instruction &At, unsigned Slot, StringRef What) {
    OS << "coro: in " << C.F.getName() << ": slot "
       << Layout.Objects[Slot].Offset << '+' << Layout.Objects[Slot].Size << ' '
       << What << ":\n"
       << At << '\n';
    Broken = true;
  }
  void findShared();
  void findWriters(const Value *Address, unsigned Object);
  void check(const Instruction &I, unsigned Writer, const BitVector &Live);
  BitVector liveIn(const BasicBlock &Block, bool Checked);
  void checkThrough(const BasicBlock &Block, BitVector Live);

public:
  PlacementVerifier(const Coroutine &C, const FrameLayout &Layout,
                    const PlacedObjects &Placed, raw_ostream &OS)
      : C(C), Layout(Layout), Placed(Placed), OS(OS) {}
  bool run();
};
} // namespace

void PlacementVerifier::findShared() {
  Shared.assign(Layout.Objects.size(), BitVector(Layout.NumValues));
  for (unsigned I = 0; I < Layout.Objects.size(); ++I)
    for (unsigned Slot = 0; Slot < Layout.NumValues; ++Slot) {
      const FrameObject &A = Layout.Objects[I], &B = Layout.Objects[Slot];
      if (I != Slot && A.Offset < B.Offset + B.Size &&
          B.Offset < A.Offset + A.Size)
        Shared[I].set(Slot);
    }
}

void PlacementVerifier::findWriters(const Value *Address, unsigned Object) {
  SmallPtrSet<const Value *, 8> Seen;
  SmallVector<const Value *, 8> Worklist = {Address};
  while (!Worklist.empty()) {
    const Value *At = Worklist.pop_back_val();
    for (const User *U : At->users()) {
      const auto *I = dyn_cast<Instruction>(U);
      // What keeps the address writes elsewhere.
      const auto *Store = dyn_cast<StoreInst>(U);
      if (!I || (Store && Store->getPointerOperand() != At) ||
          !Seen.insert(I).second)
        continue;
      if (I->mayWriteToMemory())
        Writers[I].push_back(Object);
      else if (I->getType()->isPointerTy() && !I->mayReadFromMemory())
        Worklist.push_back(I);
    }
  }
}

void PlacementVerifier::check(const Instruction &I, unsigned Writer,
                              const BitVector &Live) {
  BitVector Hit = Shared[Writer];
  Hit &= Live;
  for (unsigned Slot : Hit.set_bits())
    fault(I, Slot, "is overwritten before it is read");
}

BitVector PlacementVerifier::liveIn(const BasicBlock &Block, bool Checked) {
  BitVector Live = LiveOut[&Block];
  for (const Instruction &I : reverse(Block)) {
    auto Slot = Placed.SlotAccesses.find(&I);
    if (Slot != Placed.SlotAccesses.end() && isa<LoadInst>(I))
      Live.set(Slot->second);
    if (Slot != Placed.SlotAccesses.end() && isa<StoreInst>(I)) {
      if (Checked)
        check(I, Slot->second, Live);
      Live.reset(Slot->second);
    }
    if (auto Own = Writers.find(&I); Own != Writers.end() && Checked)
      for (unsigned Object : Own->second)
        check(I, Object, Live);
  }
  return Live;
}

/// What lives through a whole block lies on no variable that is alive in it.
void PlacementVerifier::checkThrough(const BasicBlock &Block, BitVector Live) {
  auto Alive = Layout.Memory.InBlock.find(&Block);
  if (Alive == Layout.Memory.InBlock.end())
    return;
  Live &= LiveOut[&Block];
  for (const auto &[Address, Object] : Placed.Addresses) {
    (void)Address;
    if (Alive->second[Layout.Objects[Object].Variable])
      check(Block.front(), Object, Live);
  }
}

bool PlacementVerifier::run() {
  findShared();
  for (const auto &[Address, Object] : Placed.Addresses)
    findWriters(Address, Object);
  for (const BasicBlock &Block : C.F)
    LiveOut[&Block].resize(Layout.NumValues);
  SmallVector<const BasicBlock *, 16> Order(
      post_order(static_cast<const Function *>(&C.F)));
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (const BasicBlock *Block : Order) {
      BitVector Live = liveIn(*Block, /*Checked=*/false);
      for (const BasicBlock *Previous : predecessors(Block)) {
        BitVector &Out = LiveOut[Previous];
        Changed |= Live.test(Out);
        Out |= Live;
      }
    }
  }
  for (const BasicBlock *Block : Order)
    checkThrough(*Block, liveIn(*Block, /*Checked=*/true));
  const BasicBlock &Entry = C.F.getEntryBlock();
  for (unsigned Slot : liveIn(Entry, /*Checked=*/false).set_bits())
    fault(Entry.front(), Slot, "is read without having been written");
  return Broken;
}

bool verifyPlacement(const Coroutine &C, const FrameLayout &Layout,
                     const PlacedObjects &Placed, raw_ostream &OS) {
  return PlacementVerifier(C, Layout, Placed, OS).run();
}

} // namespace coro
