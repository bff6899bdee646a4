//===-- Plugin.cpp - Registration with opt --------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// opt -load-pass-plugin=libcoro.so finds the passes here, each under its own
// name. clang finds its part through Host.cpp.
//
//===----------------------------------------------------------------------===//

#include "Plugin/Pipeline.h"
#include "Support/Compat.h"
#include "llvm/Passes/PassBuilder.h"

extern "C" __attribute__((visibility("default"))) llvm::PassPluginLibraryInfo
llvmGetPassPluginInfo() {
  return {LLVM_PLUGIN_API_VERSION, "coro", "0.1", [](llvm::PassBuilder &PB) {
            PB.registerPipelineParsingCallback(
                [](llvm::StringRef Name, llvm::ModulePassManager &MPM,
                   llvm::ArrayRef<llvm::PassBuilder::PipelineElement>) {
                  return coro::addNamedPass(Name, MPM);
                });
          }};
}
