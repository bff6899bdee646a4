//===-- AsmLabels.h - Names that inline assembly defines --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_ANALYSIS_ASMLABELS_H
#define CORO_ANALYSIS_ASMLABELS_H

#include "llvm/ADT/StringRef.h"
#include "llvm/IR/Function.h"

namespace coro {

/// The first label that an asm statement defines by a name of its own; empty
/// where there is none.
llvm::StringRef asmLabel(const llvm::Instruction &I);

/// True if the function may exist once only, because of such a label.
bool definesAsmLabel(const llvm::Function &F);

} // namespace coro

#endif
