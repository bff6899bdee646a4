//===-- VerifyLayout.h - Whether a layout keeps things apart ----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_ANALYSIS_VERIFYLAYOUT_H
#define CORO_ANALYSIS_VERIFYLAYOUT_H

#include "Analysis/FrameLayout.h"

namespace coro {

/// Writes what is wrong with a layout to OS. True where there is anything.
bool verifyLayout(const Coroutine &C, const FrameLayout &Layout,
                  llvm::raw_ostream &OS);

/// What was made of a layout's objects in the code.
struct PlacedObjects {
  /// The stores of values into their slots and the loads from there.
  llvm::DenseMap<const llvm::Instruction *, unsigned> SlotAccesses;
  /// Addresses in the frame that took the place of variables.
  llvm::SmallVector<std::pair<const llvm::Value *, unsigned>, 8> Addresses;
};

/// The same of code that keeps its objects where the layout says.
bool verifyPlacement(const Coroutine &C, const FrameLayout &Layout,
                     const PlacedObjects &Placed, llvm::raw_ostream &OS);

} // namespace coro

#endif
