//===-- DebugTypes.h - C's spelling of types in debug info ------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_ANALYSIS_DEBUGTYPES_H
#define CORO_ANALYSIS_DEBUGTYPES_H

#include "llvm/IR/DebugInfoMetadata.h"
#include <string>

namespace coro {

/// The type as a programmer would write it without a name: `const char *`,
/// `int (*)(void *)`. Null is void.
std::string typeName(const llvm::DIType *T);

} // namespace coro

#endif
