//===-- JoinOutcomes.h - Outcomes of callees that were fused ----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_JOINOUTCOMES_H
#define CORO_TRANSFORMS_JOINOUTCOMES_H

#include "llvm/IR/Function.h"

namespace coro {

/// Leads each end of a callee that was fused into F straight to what F does
/// after such an end.
void joinOutcomes(llvm::Function &F);

} // namespace coro

#endif
