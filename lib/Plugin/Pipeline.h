//===-- Pipeline.h - The order of the passes --------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_PLUGIN_PIPELINE_H
#define CORO_PLUGIN_PIPELINE_H

#include "Transforms/Passes.h"

namespace coro {

/// The whole transform.
void addPipeline(llvm::ModulePassManager &MPM, const PassConfig &Config);

/// What the link does with the bodies that waited for it. Simplify runs over
/// their parts, which no pass of LLVM has seen.
void addLinkPipeline(llvm::ModulePassManager &MPM, PassConfig Config,
                     llvm::FunctionPassManager Simplify);

/// What comes in front of LLVM's passes over a function's loops.
void addLoopPipeline(llvm::FunctionPassManager &FPM);

/// What follows once LLVM has simplified a function.
void addLatePipeline(llvm::FunctionPassManager &FPM);

/// Up to where every function's FrameFacts are known: what sizeof needs.
void addLayoutPipeline(llvm::ModulePassManager &MPM, const PassConfig &Config);

/// Adds the pass of this name, with parameters in angle brackets. False where
/// there is none.
bool addNamedPass(llvm::StringRef Name, llvm::ModulePassManager &MPM);

} // namespace coro

#endif
