//===-- Fuse.cpp - frame-fuse: flatten chosen callees ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A flattened callee's variables become the caller's, its suspensions the
// caller's, and its parameters are stored nowhere twice. FusePolicy chooses;
// this inlines, callees before callers, so that a chain flattens from its end.
//
//===----------------------------------------------------------------------===//

#include "Analysis/CallGraph.h"
#include "Analysis/Shields.h"
#include "IR/Facts.h"
#include "Transforms/FuseRemarks.h"
#include "Transforms/JoinOutcomes.h"
#include "Transforms/Passes.h"
#include "Transforms/Simplify.h"
#include "llvm/ADT/Statistic.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/Transforms/Utils/Cloning.h"

#define DEBUG_TYPE "frame-fuse"

using namespace llvm;

STATISTIC(NumFused, "Number of calls flattened");

namespace coro {

/// The callee's parameters have lost what they promised about memory; the call
/// must not say it again, or inlining would turn it into alias scopes.
static void dropMemoryPromises(CallBase &Call) {
  for (unsigned I = 0; I < Call.arg_size(); ++I)
    for (Attribute::AttrKind Kind :
         {Attribute::NoAlias, Attribute::ReadOnly, Attribute::ReadNone,
          Attribute::WriteOnly, Attribute::Returned})
      Call.removeParamAttr(I, Kind);
}

static bool fuseCall(CallBase &Call, Function &Callee, FuseRemarks &Remarks) {
  auto Was = Remarks.before(Call, Callee);
  dropMemoryPromises(Call);
  InlineFunctionInfo Info;
  InlineResult How = InlineFunction(Call, Info);
  if (!How.isSuccess()) {
    Remarks.apart(Call, Callee, {"Refused", How.getFailureReason()});
    return false;
  }
  ++NumFused;
  for (AllocaInst *Variable : Info.StaticAllocas)
    setInlinedFrom(*Variable, Callee);
  Remarks.flattened(Was);
  return true;
}

static bool fuseInto(Function &F, const PassConfig &Config) {
  bool Changed = false;
  FuseRemarks Remarks(F, Config);
  Remarks.unknownCallees();
  SmallVector<std::pair<CallBase *, FuseChoice>, 8> Calls;
  // What a shield covers is told from the markers of the function itself.
  Shields All(F);
  for (Instruction &I : instructions(F))
    if (auto *Call = dyn_cast<CallBase>(&I); Call && yieldingCallee(*Call))
      Calls.push_back(
          {Call, All.cover(*Call)
                     ? FuseChoice{"Shielded", "it is called in a shield"}
                     : FuseChoice{}});
  for (auto [Call, Choice] : Calls) {
    Function *Callee = yieldingCallee(*Call);
    // A function cannot be in its own frame either: that is refused.
    if (Callee == &F)
      continue;
    // The caller is larger by now.
    if (Choice.fuses())
      Choice = chooseFusing(*Call, *Callee);
    if (Choice.fuses())
      Changed |= fuseCall(*Call, *Callee, Remarks);
    else
      Remarks.apart(*Call, *Callee, Choice);
  }
  return Changed;
}

PreservedAnalyses Fuse::run(Module &M, ModuleAnalysisManager &AM) {
  if (Config.Opts.NoFuse)
    return PreservedAnalyses::all();
  bool Changed = false;
  for (Function *F : calleesFirst(M))
    if (fuseInto(*F, Config)) {
      joinOutcomes(*F);
      simplify(*F, AM);
      Changed = true;
    }
  return Changed ? PreservedAnalyses::none() : PreservedAnalyses::all();
}

} // namespace coro
