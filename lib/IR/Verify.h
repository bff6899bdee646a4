//===-- Verify.h - The normal forms between the passes ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_IR_VERIFY_H
#define CORO_IR_VERIFY_H

#include "llvm/IR/Module.h"

namespace coro {

/// Writes what is not in normal form to OS. True where there is any.
bool verifyNormalForm(llvm::Module &M, llvm::raw_ostream &OS);

} // namespace coro

#endif
