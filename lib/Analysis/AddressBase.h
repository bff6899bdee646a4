//===-- AddressBase.h - What an address can only point into -----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_ANALYSIS_ADDRESSBASE_H
#define CORO_ANALYSIS_ADDRESSBASE_H

#include "llvm/IR/Value.h"

namespace coro {

struct AddressBase {
  /// A variable or a global; null where it may be more than one, or none.
  llvm::Value *Object = nullptr;
  /// The largest distance from it: of the address behind its end.
  uint64_t Distance = 0;
};

/// The one object that V points into or right behind, whichever way was taken.
AddressBase baseOf(llvm::Value &V);

} // namespace coro

#endif
