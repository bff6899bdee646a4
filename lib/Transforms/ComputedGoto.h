//===-- ComputedGoto.h - Labels as values -----------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_COMPUTEDGOTO_H
#define CORO_TRANSFORMS_COMPUTEDGOTO_H

#include "llvm/IR/Function.h"

namespace coro {

/// Makes each label whose address is taken a number, and each computed goto a
/// switch over those.
void lowerComputedGotos(llvm::Function &F);

} // namespace coro

#endif
