//===-- StartOnly.h - Stores that only f.start needs ------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Between frame-place and frame-split: the slot holds that value already,
// however the function was resumed.
//
//===----------------------------------------------------------------------===//

#ifndef CORO_IR_STARTONLY_H
#define CORO_IR_STARTONLY_H

#include "llvm/IR/Instructions.h"
#include "llvm/IR/Metadata.h"

namespace coro {

inline constexpr const char *StartOnlyKind = "coro.start.only";

inline bool isStartOnly(const llvm::Instruction &I) {
  return llvm::isa<llvm::StoreInst>(I) && I.hasMetadata(StartOnlyKind);
}

inline void setStartOnly(llvm::StoreInst &Store, bool Is) {
  Store.setMetadata(StartOnlyKind,
                    Is ? llvm::MDNode::get(Store.getContext(), {}) : nullptr);
}

} // namespace coro

#endif
