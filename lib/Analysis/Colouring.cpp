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
// The order: what is fixed, then what may begin at 0, then strictest alignment,
// then largest, then as given. Each takes the lowest place free of its
// conflicting neighbours. There is no IR in here.
//
//===----------------------------------------------------------------------===//

#include "Analysis/Colouring.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace llvm;

namespace coro {

namespace {
struct Range {
  uint64_t Begin, End;
  bool operator<(const Range &Other) const { return Begin < Other.Begin; }
};
} // namespace

/// The lowest place for an item between the taken ranges.
static uint64_t firstFit(const StorageItem &Item, std::vector<Range> &Taken,
                         uint64_t Reserved) {
  llvm::sort(Taken);
  uint64_t Place = alignTo(Item.FromZero ? 0 : Reserved, Item.Align);
  for (const Range &R : Taken) {
    if (Place + Item.Size <= R.Begin)
      break;
    if (R.End > Place)
      Place = alignTo(R.End, Item.Align);
  }
  return Place;
}

std::vector<uint64_t> assignOffsets(ArrayRef<StorageItem> Items,
                                    ArrayRef<BitVector> Conflicts,
                                    uint64_t Reserved) {
  std::vector<unsigned> Order(Items.size());
  for (unsigned I = 0; I < Order.size(); ++I)
    Order[I] = I;
  llvm::stable_sort(Order, [&](unsigned A, unsigned B) {
    const StorageItem &X = Items[A], &Y = Items[B];
    if (X.Fixed.has_value() != Y.Fixed.has_value())
      return X.Fixed.has_value();
    if (X.FromZero != Y.FromZero)
      return X.FromZero;
    if (X.Align != Y.Align)
      return X.Align > Y.Align;
    return X.Size > Y.Size;
  });
  std::vector<uint64_t> Offsets(Items.size());
  BitVector Placed(Items.size());
  std::vector<Range> Taken;
  for (unsigned I : Order) {
    const StorageItem &Item = Items[I];
    if (Item.Fixed) {
      Offsets[I] = *Item.Fixed;
    } else {
      Taken.clear();
      for (unsigned Other : Conflicts[I].set_bits())
        if (Placed[Other] && Items[Other].Size)
          Taken.push_back({Offsets[Other], Offsets[Other] + Items[Other].Size});
      Offsets[I] = firstFit(Item, Taken, Reserved);
    }
    Placed.set(I);
  }
  return Offsets;
}

} // namespace coro
