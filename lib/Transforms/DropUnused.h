//===-- DropUnused.h - Functions made only for their edges ------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_DROPUNUSED_H
#define CORO_TRANSFORMS_DROPUNUSED_H

#include "llvm/IR/Module.h"

namespace coro {

/// Functions that clang would not have emitted, had it not been asked to make
/// each with edges at once; see Frontend/Raising/FunctionEdges. Once markers
/// have become calls of parts, nothing may lead to a function that yields by
/// name: these are left then.
void dropUnused(llvm::Module &M, bool Yielding);

} // namespace coro

#endif
