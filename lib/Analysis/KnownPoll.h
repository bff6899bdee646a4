//===-- KnownPoll.h - Which poll function a future has ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_ANALYSIS_KNOWNPOLL_H
#define CORO_ANALYSIS_KNOWNPOLL_H

#include "llvm/IR/InstrTypes.h"
#include "llvm/IR/PassManager.h"

namespace coro {

/// The function whose address the pointer at Future holds when At is reached,
/// or null where that is not known. Future is a struct's first member.
llvm::Function *knownPoll(llvm::CallBase &At, llvm::Value &Future,
                          llvm::FunctionAnalysisManager &FAM);

} // namespace coro

#endif
