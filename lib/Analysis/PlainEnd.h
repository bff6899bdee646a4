//===-- PlainEnd.h - Functions that can only return or go -------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_ANALYSIS_PLAINEND_H
#define CORO_ANALYSIS_PLAINEND_H

#include "llvm/IR/Function.h"

namespace coro {

/// F is in expanded form; its callees were asked before.
bool findPlainEnd(llvm::Function &F);
/// Whether f.cancel never says PENDING: nothing in F waits in a shield, nor in
/// what F waits for.
bool findCancelsAtOnce(llvm::Function &F);
/// Whether f.cancel has nothing to do: no path of cancellation leads anywhere,
/// in F or in what F waits for.
bool findCancelsSilently(llvm::Function &F);

} // namespace coro

#endif
