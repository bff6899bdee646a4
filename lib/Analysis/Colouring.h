//===-- Colouring.h - Offsets from sizes and conflicts ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_ANALYSIS_COLOURING_H
#define CORO_ANALYSIS_COLOURING_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/BitVector.h"
#include <cstdint>
#include <optional>
#include <vector>

namespace coro {

/// Something that needs bytes.
struct StorageItem {
  uint64_t Size;
  uint64_t Align;
  /// Where it must be, if that is not free.
  std::optional<uint64_t> Fixed;
  /// It may begin in the reserved bytes.
  bool FromZero = false;
};

/// Gives each item an offset of at least Reserved, unless it says otherwise,
/// such that items that conflict share no byte. Conflicts[i] has bit j where i
/// and j conflict, and is symmetric. Deterministic.
std::vector<uint64_t> assignOffsets(llvm::ArrayRef<StorageItem> Items,
                                    llvm::ArrayRef<llvm::BitVector> Conflicts,
                                    uint64_t Reserved);

} // namespace coro

#endif
