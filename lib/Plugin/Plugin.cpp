//===-- Plugin.cpp - Registration with opt and lld ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A linker that loads libcoro.so runs what the compilation left for it: on all
// that is linked with full link-time optimisation, before anything else.
//
// opt -load-pass-plugin=libcoro.so finds the passes here, each under its own
// name. clang finds its part through Host.cpp.
//
//===----------------------------------------------------------------------===//

#include "Plugin/Pipeline.h"
#include "Support/Compat.h"
#include "Transforms/KnownWaker.h"
#include "llvm/Passes/PassBuilder.h"

extern "C" __attribute__((visibility("default"))) llvm::PassPluginLibraryInfo
llvmGetPassPluginInfo() {
  return {
      LLVM_PLUGIN_API_VERSION, "coro", "0.1", [](llvm::PassBuilder &PB) {
        PB.registerPipelineParsingCallback(
            [](llvm::StringRef Name, llvm::ModulePassManager &MPM,
               llvm::ArrayRef<llvm::PassBuilder::PipelineElement>) {
              return coro::addNamedPass(Name, MPM);
            });
        // Polls of other units are inlined only by the linker.
        PB.registerPeepholeEPCallback(
            [](llvm::FunctionPassManager &FPM, llvm::OptimizationLevel) {
              FPM.addPass(coro::KnownWaker());
            });
        PB.registerFullLinkTimeOptimizationEarlyEPCallback(
            [&PB](llvm::ModulePassManager &MPM, llvm::OptimizationLevel Level) {
              llvm::FunctionPassManager Simplify;
              if (Level != llvm::OptimizationLevel::O0)
                Simplify = PB.buildFunctionSimplificationPipeline(
                    Level, llvm::ThinOrFullLTOPhase::FullLTOPreLink);
              if (Level != llvm::OptimizationLevel::O0)
                coro::addLatePipeline(Simplify);
              coro::addLinkPipeline(MPM, coro::PassConfig(),
                                    std::move(Simplify));
            });
      }};
}
