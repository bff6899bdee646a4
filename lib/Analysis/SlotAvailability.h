//===-- SlotAvailability.h - Which slots hold their value -------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_ANALYSIS_SLOTAVAILABILITY_H
#define CORO_ANALYSIS_SLOTAVAILABILITY_H

#include "Analysis/FrameLayout.h"

namespace coro {

/// For each suspension, the values that must be stored there because their slot
/// may hold something else: bits are indices into Layout.Objects.
struct SlotStores {
  std::vector<llvm::BitVector> Any;
  /// Of these, where the function came there from another suspension or this
  /// one.
  std::vector<llvm::BitVector> Resumed;
};
SlotStores slotsToStore(const Coroutine &C, const FrameLayout &Layout,
                        const Options &Opts);

} // namespace coro

#endif
