//===-- LinkTime.h - The transform of what waited for the link --*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_PLUGIN_LINKTIME_H
#define CORO_PLUGIN_LINKTIME_H

#include "llvm/IR/PassManager.h"

namespace coro {

/// Takes the code from the copies of functions that are split already: what
/// calls one from here on embeds its frame.
class DropCopies : public llvm::PassInfoMixin<DropCopies> {
public:
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Module &M, llvm::ModuleAnalysisManager &AM);
};

/// Makes coroutines of the bodies in a linked module, transforms them, and has
/// their parts take the places of the stubs.
class LinkTime : public llvm::PassInfoMixin<LinkTime> {
  llvm::ModulePassManager Transform;
  llvm::FunctionPassManager Simplify;

public:
  LinkTime(llvm::ModulePassManager Transform,
           llvm::FunctionPassManager Simplify)
      : Transform(std::move(Transform)), Simplify(std::move(Simplify)) {}
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Module &M, llvm::ModuleAnalysisManager &AM);
};

} // namespace coro

#endif
