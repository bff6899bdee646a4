//===-- SharedArms.h - Waits of one among many ------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_SHAREDARMS_H
#define CORO_TRANSFORMS_SHAREDARMS_H

#include "Transforms/WaitForArms.h"
#include "llvm/IR/IRBuilder.h"

namespace coro {

/// Gives the arms that are shared futures a node each.
void openSharedWaits(Combined &C);

/// Ends the waits of all of them. Harmless for those that have ended.
void endSharedWaits(llvm::IRBuilder<> &B, const Combined &C);

} // namespace coro

#endif
