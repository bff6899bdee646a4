//===-- Pipeline.cpp - The order of the passes ----------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Plugin/Pipeline.h"
#include "IR/Verify.h"
#include "Plugin/LinkTime.h"
#include "Transforms/KnownWaker.h"
#include "Transforms/PeelStart.h"
#include "Transforms/ThreadStates.h"
#include "llvm/IR/Verifier.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace coro {

namespace {
/// The checks of IR/Verify, where -fplugin-arg-coro-verify asks for them.
class NormalFormPass : public PassInfoMixin<NormalFormPass> {
public:
  static bool isRequired() { return true; }
  PreservedAnalyses run(Module &M, ModuleAnalysisManager &) {
    if (verifyNormalForm(M, errs()))
      M.getContext().emitError("coro: the IR is not in normal form");
    return PreservedAnalyses::all();
  }
};

/// No object comes of a unit with errors, and what is left of its functions may
/// be more than the rest of the compiler can take.
class DropFailedBodies : public CoroPass<DropFailedBodies> {
public:
  using CoroPass::CoroPass;
  PreservedAnalyses run(Module &M, ModuleAnalysisManager &) {
    if (!*Config.Failed)
      return PreservedAnalyses::all();
    for (Function &F : M)
      if (!F.isDeclaration()) {
        F.deleteBody();
        F.setComdat(nullptr);
      }
    return PreservedAnalyses::none();
  }
};
} // namespace

template <typename Pass>
static void add(ModulePassManager &MPM, const PassConfig &Config) {
  MPM.addPass(Pass(Config));
  if (!Config.Opts.Verify)
    return;
  MPM.addPass(VerifierPass());
  MPM.addPass(NormalFormPass());
}

void addLayoutPipeline(ModulePassManager &MPM, const PassConfig &Config) {
  // What the source says becomes metadata; from here on no string is read.
  add<LowerEffects>(MPM, Config);
  // What yields as its argument does becomes functions that do and that do not.
  add<Specialise>(MPM, Config);
  if (Config.Opts.Stress || Config.Opts.StressCancel)
    add<Stress>(MPM, Config);
  // From here on nothing unwinds: how a call ended is a value and a branch.
  add<LowerUnwind>(MPM, Config);
  if (Config.Opts.StressCancel)
    add<StressCleanups>(MPM, Config);
  // Later passes rely on callees before callers.
  add<CheckRecursion>(MPM, Config);
  // A body is in normal form before it is inlined anywhere.
  add<Prepare>(MPM, Config);
  // Flattening wants calls, not the suspensions they turn into.
  add<Fuse>(MPM, Config);
  // What cannot be laid out here goes aside, before calls are expanded.
  if (Config.Defers)
    add<DeferToLink>(MPM, Config);
  add<ExpandCalls>(MPM, Config);
  add<PlaceFrame>(MPM, Config);
}

void addPipeline(ModulePassManager &MPM, const PassConfig &Config) {
  addLayoutPipeline(MPM, Config);
  add<Split>(MPM, Config);
  if (Config.Defers)
    add<RecordForLink>(MPM, Config);
  add<Describe>(MPM, Config);
  MPM.addPass(DropFailedBodies(Config));
}

void addLinkPipeline(ModulePassManager &MPM, PassConfig Config,
                     FunctionPassManager Simplify) {
  Config.AtLink = true;
  ModulePassManager Transform;
  // Units that know nothing of one another may call in a circle.
  add<CheckRecursion>(Transform, Config);
  // A simple inlining may have come over the bodies meanwhile.
  add<Prepare>(Transform, Config);
  add<Fuse>(Transform, Config);
  Transform.addPass(DropCopies());
  add<ExpandCalls>(Transform, Config);
  add<PlaceFrame>(Transform, Config);
  add<Split>(Transform, Config);
  add<Describe>(Transform, Config);
  Transform.addPass(DropFailedBodies(Config));
  MPM.addPass(LinkTime(std::move(Transform), std::move(Simplify)));
}

void addLoopPipeline(FunctionPassManager &FPM) {
  FPM.addPass(KnownWaker());
  FPM.addPass(PeelStart());
}

void addLatePipeline(FunctionPassManager &FPM) { FPM.addPass(ThreadStates()); }

bool addNamedPass(StringRef Name, ModulePassManager &MPM) {
  StringRef Parameters;
  if (Name.consume_back(">"))
    std::tie(Name, Parameters) = Name.split('<');
  PassConfig Config;
  if (!Config.Opts.parseParameters(Parameters))
    return false;
#define CORO_PASS(PassName, Class)                                             \
  if (Name == PassName) {                                                      \
    MPM.addPass(Class(Config));                                                \
    return true;                                                               \
  }
#include "Transforms/Passes.def"
  if (Name == "known-waker") {
    MPM.addPass(createModuleToFunctionPassAdaptor(KnownWaker()));
    return true;
  }
  if (Name == "coro-link") {
    addLinkPipeline(MPM, Config, FunctionPassManager());
    return true;
  }
  if (Name == "coro" || Name == "coro-to-link") {
    Config.Defers = Name == "coro-to-link";
    addPipeline(MPM, Config);
    return true;
  }
  return false;
}

} // namespace coro
