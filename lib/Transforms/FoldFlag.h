//===-- FoldFlag.h - A parameter that is known ------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_FOLDFLAG_H
#define CORO_TRANSFORMS_FOLDFLAG_H

#include "llvm/IR/Function.h"
#include "llvm/IR/IntrinsicInst.h"

namespace coro {

/// Where F's flag is, the integer parameter that decides its effects: the
/// annotation of its variable. Null where F has none.
llvm::IntrinsicInst *flagOf(llvm::Function &F);

/// The parameter's name in the source.
llvm::StringRef flagName(const llvm::IntrinsicInst &Flag);

/// Gives the flag a value and removes what can then not be reached. Checked has
/// the function stop the program where its caller passes another one.
void foldFlag(llvm::IntrinsicInst &Flag, uint64_t Value, bool Checked);

} // namespace coro

#endif
