//===-- ArrayAlignment.h - Local arrays without holes -----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_ARRAYALIGNMENT_H
#define CORO_FRONTEND_ARRAYALIGNMENT_H

#include "clang/AST/Decl.h"

namespace coro {

/// Has the local arrays of F, which yields, aligned as their type asks and no
/// stricter. To be called before code is generated for F.
void alignArraysAsTyped(const clang::FunctionDecl &F);

} // namespace coro

#endif
