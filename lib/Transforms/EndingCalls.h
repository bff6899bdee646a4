//===-- EndingCalls.h - Calls that may end in several ways ------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_ENDINGCALLS_H
#define CORO_TRANSFORMS_ENDINGCALLS_H

#include "llvm/IR/InstrTypes.h"
#include <optional>

namespace coro {

/// A call of a function that may end otherwise than by returning. The callee's
/// own signature has been changed by then, the call has not.
struct EndingCall {
  /// What is called, in the outcome form; for a callee that yields and is known
  /// at run time only, the marker around it.
  llvm::Value *Callee;
  /// It may be cancelled, or raise.
  bool Yields, Raises;
};

/// Nothing where the call always returns.
std::optional<EndingCall> endingCall(llvm::CallBase &Call);

} // namespace coro

#endif
