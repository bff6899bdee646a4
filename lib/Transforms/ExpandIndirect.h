//===-- ExpandIndirect.h - Waiting calls through pointers -------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_EXPANDINDIRECT_H
#define CORO_TRANSFORMS_EXPANDINDIRECT_H

#include "llvm/IR/InstrTypes.h"

namespace coro {

/// Expands the call that is made through the result of a __coro_indirect
/// marker, and the marker.
void expandIndirect(llvm::CallBase &MarkerCall);

} // namespace coro

#endif
