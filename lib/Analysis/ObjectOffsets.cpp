//===-- ObjectOffsets.cpp - A place for each thing in a frame -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Question: at which offset is each object of a frame? A value is in its slot
// only while suspended, so it conflicts with what is alive at the same
// suspensions. A variable lives in the frame from its first to its last moment,
// so it conflicts with every other one that has a moment in common.
//
// A slot's address is known to nobody. Where the machine does not mind, and
// only where the frame becomes smaller by it, slots need not be aligned:
//
//     state 1, pointer 8, int 4      24 bytes     packed 16, or 13 in a caller
//
//===----------------------------------------------------------------------===//

#include "Analysis/Colouring.h"
#include "Analysis/FrameLayout.h"
#include "llvm/IR/Module.h"
#include "llvm/TargetParser/Triple.h"

using namespace llvm;

namespace coro {

std::vector<BitVector> FrameLayout::conflicts(const Coroutine &C) const {
  unsigned Size = Objects.size();
  std::vector<BitVector> Conflicts(Size, BitVector(Size));
  const BitVector *Last = nullptr;
  for (const BitVector &Alive : AtPoint) {
    // Neighbouring suspensions often keep the same things.
    if (!Last || *Last != Alive)
      for (unsigned Object : Alive.set_bits())
        Conflicts[Object] |= Alive;
    Last = &Alive;
  }
  std::vector<unsigned> ObjectOf(Memory.Uses.Variables.size(), Size);
  for (unsigned I = NumValues; I < Size; ++I)
    ObjectOf[Objects[I].Variable] = I;
  for (unsigned I = NumValues; I < Size; ++I) {
    unsigned V = Objects[I].Variable;
    for (unsigned Other : Memory.Conflicts[V].set_bits())
      if (ObjectOf[Other] != Size)
        Conflicts[I].set(ObjectOf[Other]);
    // Bytes can be shared with another variable only where it can be said when
    // a life begins, see PlaceFrame; unoptimised code needs no such care.
    if (!C.F.hasOptNone() && !Memory.Uses.hasBeginning(V))
      for (unsigned Other = NumValues; Other < Size; ++Other) {
        Conflicts[I].set(Other);
        Conflicts[Other].set(I);
      }
  }
  return Conflicts;
}

/// Whether a load of a value is as good from any address.
static bool mayMisalign(const Function &F) {
  Triple Target(F.getParent()->getTargetTriple());
  return (Target.isX86() || Target.isAArch64()) &&
         !F.getFnAttribute("target-features")
              .getValueAsString()
              .contains("+strict-align");
}

/// Frames of children whose state index may lie in the bytes of the function's
/// own. One of the two is asked for at a time: the child's by the function,
/// when the child has just suspended, and then its own by whoever resumes it.
static SmallPtrSet<const Value *, 4> shareState(const Coroutine &C) {
  SmallPtrSet<const Value *, 4> Shares, Not;
  for (const SuspendPoint &Point : C.Points)
    if (Point.child() && Point.Direct &&
        Point.childStates().bytes() == C.stateBytes())
      Shares.insert(Point.child());
    else if (Point.child())
      Not.insert(Point.child());
  for (const Value *Frame : Not)
    Shares.erase(Frame);
  return Shares;
}

/// What the objects need, and behind them the exchange area, where there is
/// one: a value that is handed out or taken in lies there while the function is
/// suspended, whatever else it keeps.
static std::vector<StorageItem>
itemsOf(const Coroutine &C, const FrameLayout &Layout, uint64_t StrictestSlot) {
  std::vector<StorageItem> Items;
  SmallPtrSet<const Value *, 4> Shares = shareState(C);
  for (unsigned I = 0; I < Layout.Objects.size(); ++I) {
    const FrameObject &Object = Layout.Objects[I];
    std::optional<uint64_t> Fixed;
    auto *A = dyn_cast<AllocaInst>(Object.What);
    if (A && isResultSlot(*A))
      Fixed = Layout.Facts.ResultOffset;
    if (A && isErrorSlot(*A))
      Fixed = exchangePlace(C.F, Exchange::Error)->Offset;
    uint64_t Align = I < Layout.NumValues
                         ? std::min(Object.Align, StrictestSlot)
                         : Object.Align;
    Items.push_back({Object.Size, Align, Fixed, Shares.contains(Object.What)});
  }
  ExchangeArea Traded = exchangeArea(C.F);
  if (Traded.End)
    Items.push_back({Traded.End - Traded.Begin, Traded.Align, Traded.Begin});
  return Items;
}

/// The bytes that these take, with what rounding the end adds.
static uint64_t roundedEnd(ArrayRef<StorageItem> Items,
                           ArrayRef<uint64_t> Offsets, uint64_t Begin,
                           uint64_t Align) {
  uint64_t End = Begin;
  for (unsigned I = 0; I < Items.size(); ++I) {
    End = std::max(End, Offsets[I] + Items[I].Size);
    Align = std::max(Align, Items[I].Align);
  }
  return alignTo(End, Align);
}

void FrameLayout::place(const Coroutine &C, const Options &Opts) {
  std::vector<BitVector> Conflicts = conflicts(C);
  if (exchangeArea(C.F).End) {
    for (BitVector &Row : Conflicts)
      Row.resize(Objects.size() + 1, true);
    Conflicts.emplace_back(Objects.size() + 1, true);
  }
  if (Opts.NoOverlay || Opts.SpillAll)
    for (BitVector &Row : Conflicts)
      Row.set();
  for (unsigned I = 0; I < Conflicts.size(); ++I)
    Conflicts[I].reset(I);
  uint64_t Least = UINT64_MAX;
  for (uint64_t StrictestSlot :
       {uint64_t(UINT64_MAX), uint64_t(4), uint64_t(1)}) {
    std::vector<StorageItem> Items = itemsOf(C, *this, StrictestSlot);
    std::vector<uint64_t> Offsets =
        assignOffsets(Items, Conflicts, C.stateBytes());
    uint64_t End = roundedEnd(Items, Offsets, C.stateBytes(), Called.Align);
    if (End < Least) {
      Least = End;
      for (unsigned I = 0; I < Objects.size(); ++I) {
        Objects[I].Offset = Offsets[I];
        Objects[I].Align = Items[I].Align;
      }
    }
    if (!NumValues || !mayMisalign(C.F))
      break;
  }
}

} // namespace coro
