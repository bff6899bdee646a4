//===-- Simplify.h - The only simplification before the split ---*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_SIMPLIFY_H
#define CORO_TRANSFORMS_SIMPLIFY_H

#include "llvm/IR/Function.h"
#include "llvm/IR/PassManager.h"

namespace coro {

/// Puts variables into registers and drops what is then unused. Nothing moves
/// over a suspension and no call goes away, whatever its attributes say. Leaves
/// an optnone function as it is.
void simplify(llvm::Function &F, llvm::ModuleAnalysisManager &AM);

} // namespace coro

#endif
