//===-- Colouring.cpp - Offsets from sizes and conflicts ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Question: where does each item go, so that conflicting ones are apart and the
// whole is small? This is colouring an interval graph with weights, which has
// no fast exact answer; first fit, in a good order, comes close:
//
//   items 8,8,4,1 that all conflict, 1 byte reserved:  8@8 8@16 4@4 1@1
//
// What is fixed comes first, and each takes a place free of its conflicting
// neighbours. No order of the rest is best for all frames, so a few are tried
// and the smallest outcome counts, the earlier one where two are equal:
//
//   strictest alignment, then largest     no holes where all conflict
//   largest                               what is large overlays what is large
//   most bytes in conflict                what has least choice chooses first
//   what may begin at 0, then largest     nothing else is in its way there
//
// each with the lowest place and with the tightest one; of very many items, the
// first alone. Where there are few, each is then tried as the first to choose,
// as long as that helps: a hole in front of what is aligned is best filled by
// what comes before it. There is no IR in here.
//
//===----------------------------------------------------------------------===//

#include "Analysis/Colouring.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"
#include <array>
#include <functional>
#include <numeric>

using namespace llvm;

namespace coro {

namespace {
struct Range {
  uint64_t Begin, End;
  bool operator<(const Range &Other) const { return Begin < Other.Begin; }
};
} // namespace

/// A place for an item between the taken ranges: the lowest, or of the gaps
/// that it fits into the one where least is left over.
static uint64_t findPlace(const StorageItem &Item, std::vector<Range> &Taken,
                          uint64_t Reserved, bool Tightest) {
  llvm::sort(Taken);
  uint64_t Free = Item.FromZero ? 0 : Reserved;
  std::optional<uint64_t> Best;
  uint64_t LeastLeft = UINT64_MAX;
  for (const Range &R : Taken) {
    uint64_t Place = alignTo(Free, Item.Align);
    if (Place + Item.Size <= R.Begin) {
      if (!Tightest)
        return Place;
      if (R.Begin - Free - Item.Size < LeastLeft) {
        LeastLeft = R.Begin - Free - Item.Size;
        Best = Place;
      }
    }
    Free = std::max(Free, R.End);
  }
  return Best.value_or(alignTo(Free, Item.Align));
}

/// Up to how many items each is tried as the first; the tries are quadratic.
static constexpr unsigned MaxMoved = 48;
/// Up to how many items more than one order is tried: where all conflict, each
/// looks at all of them for all of them.
static constexpr unsigned MaxOrdered = 512;

namespace {
struct Assignment {
  std::vector<uint64_t> Offsets;
  uint64_t End = UINT64_MAX;
};

/// Makes assignments and keeps the best.
class Search {
  ArrayRef<StorageItem> Items;
  ArrayRef<BitVector> Conflicts;
  const uint64_t Reserved;
  std::vector<unsigned> BestOrder;

  Assignment assign(ArrayRef<unsigned> Order, bool Tightest) const;
  bool attempt(ArrayRef<unsigned> Order, bool Tightest);

public:
  Assignment Best;

  Search(ArrayRef<StorageItem> Items, ArrayRef<BitVector> Conflicts,
         uint64_t Reserved)
      : Items(Items), Conflicts(Conflicts), Reserved(Reserved) {}
  void byKeys();
  void byMoves();
};
} // namespace

Assignment Search::assign(ArrayRef<unsigned> Order, bool Tightest) const {
  Assignment Made{std::vector<uint64_t>(Items.size()), Reserved};
  BitVector Placed(Items.size());
  std::vector<Range> Taken;
  for (unsigned I : Order) {
    const StorageItem &Item = Items[I];
    if (Item.Fixed) {
      Made.Offsets[I] = *Item.Fixed;
    } else {
      Taken.clear();
      for (unsigned Other : Conflicts[I].set_bits())
        if (Placed[Other] && Items[Other].Size)
          Taken.push_back(
              {Made.Offsets[Other], Made.Offsets[Other] + Items[Other].Size});
      Made.Offsets[I] = findPlace(Item, Taken, Reserved, Tightest);
    }
    Placed.set(I);
    Made.End = std::max(Made.End, Made.Offsets[I] + Item.Size);
  }
  return Made;
}

bool Search::attempt(ArrayRef<unsigned> Order, bool Tightest) {
  Assignment Made = assign(Order, Tightest);
  if (Made.End >= Best.End)
    return false;
  Best = std::move(Made);
  BestOrder = Order.vec();
  return true;
}

void Search::byKeys() {
  std::vector<uint64_t> Pressure(Items.size());
  for (unsigned I = 0; I < Items.size(); ++I) {
    Pressure[I] = Items[I].Size;
    for (unsigned Other : Conflicts[I].set_bits())
      Pressure[I] += Items[Other].Size;
  }
  using Key = std::array<uint64_t, 3>;
  const std::function<Key(unsigned)> Keys[] = {
      [&](unsigned I) { return Key{Items[I].Align, Items[I].Size, 0}; },
      [&](unsigned I) { return Key{Items[I].Size, Items[I].Align, 0}; },
      [&](unsigned I) {
        return Key{Pressure[I], Items[I].Align, Items[I].Size};
      },
      [&](unsigned I) {
        return Key{Items[I].FromZero, Items[I].Size, Items[I].Align};
      },
  };
  for (const auto &KeyOf : Keys) {
    std::vector<unsigned> Order(Items.size());
    std::iota(Order.begin(), Order.end(), 0);
    llvm::stable_sort(Order, [&](unsigned A, unsigned B) {
      if (Items[A].Fixed.has_value() != Items[B].Fixed.has_value())
        return Items[A].Fixed.has_value();
      return KeyOf(A) > KeyOf(B);
    });
    attempt(Order, /*Tightest=*/false);
    if (Items.size() > MaxOrdered)
      return;
    attempt(Order, /*Tightest=*/true);
  }
}

void Search::byMoves() {
  if (Items.size() > MaxMoved)
    return;
  for (bool Improved = true; Improved;) {
    Improved = false;
    for (unsigned I = 0; I < Items.size(); ++I) {
      if (Items[I].Fixed)
        continue;
      std::vector<unsigned> Order = BestOrder;
      Order.erase(llvm::find(Order, I));
      Order.insert(
          llvm::find_if(Order, [this](unsigned A) { return !Items[A].Fixed; }),
          I);
      Improved |= attempt(Order, /*Tightest=*/false);
    }
  }
}

std::vector<uint64_t> assignOffsets(ArrayRef<StorageItem> Items,
                                    ArrayRef<BitVector> Conflicts,
                                    uint64_t Reserved) {
  Search S(Items, Conflicts, Reserved);
  S.byKeys();
  S.byMoves();
  return S.Best.Offsets;
}

} // namespace coro
