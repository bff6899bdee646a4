//===-- BoundArguments.cpp - Where arguments wait to be used --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Question: where does f.bind leave the arguments for the first poll? Close
// together behind the state index, whatever the order of the parameters:
//
//     (int a, long b, char c)      a@4  b@8  c@1
//
// Nothing else is in the frame at that time, so nothing else is asked.
//
//===----------------------------------------------------------------------===//

#include "Analysis/BoundArguments.h"
#include "Analysis/Colouring.h"
#include "IR/Parts.h"
#include "llvm/IR/DataLayout.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace coro {

BoundArguments::BoundArguments(const Coroutine &C)
    : End(C.stateBytes()), Align(1) {
  const DataLayout &DL = C.F.getParent()->getDataLayout();
  std::vector<StorageItem> Items;
  for (unsigned Index : passedParameters(C.F)) {
    const Argument &A = *C.F.getArg(Index);
    Type *T = A.hasByValAttr() ? A.getParamByValType() : A.getType();
    if (DL.getTypeAllocSize(T).isScalable())
      continue;
    uint64_t Needed = DL.getABITypeAlign(T).value();
    if (A.hasByValAttr())
      Needed = std::max(Needed, A.getParamAlign().valueOrOne().value());
    uint64_t Size = DL.getTypeAllocSize(T).getFixedValue();
    Arguments.push_back({Index, 0, Size, Needed});
    Items.push_back({Size, Needed, std::nullopt});
    Align = std::max(Align, Needed);
  }
  std::vector<BitVector> Conflicts(Items.size(), BitVector(Items.size(), true));
  for (unsigned I = 0; I < Items.size(); ++I)
    Conflicts[I].reset(I);
  std::vector<uint64_t> Offsets =
      assignOffsets(Items, Conflicts, C.stateBytes());
  for (unsigned I = 0; I < Items.size(); ++I) {
    Arguments[I].Offset = Offsets[I];
    End = std::max(End, Offsets[I] + Items[I].Size);
  }
}

} // namespace coro
