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
#include "Analysis/FusePolicy.h"
#include "Analysis/Shields.h"
#include "IR/Facts.h"
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

static bool fuseInto(Function &F) {
  bool Changed = false;
  SmallVector<CallBase *, 8> Calls;
  // What a shield covers is told from the markers of the function itself.
  Shields All(F);
  for (Instruction &I : instructions(F))
    if (auto *Call = dyn_cast<CallBase>(&I);
        Call && yieldingCallee(*Call) && !All.cover(*Call))
      Calls.push_back(Call);
  for (CallBase *Call : Calls) {
    Function *Callee = yieldingCallee(*Call);
    if (Callee == &F || !shouldFuse(*Call, *Callee))
      continue;
    dropMemoryPromises(*Call);
    InlineFunctionInfo Info;
    if (InlineFunction(*Call, Info).isSuccess()) {
      ++NumFused;
      for (AllocaInst *Variable : Info.StaticAllocas)
        setInlinedFrom(*Variable, *Callee);
      Changed = true;
    }
  }
  return Changed;
}

PreservedAnalyses Fuse::run(Module &M, ModuleAnalysisManager &AM) {
  if (Config.Opts.NoFuse)
    return PreservedAnalyses::all();
  bool Changed = false;
  for (Function *F : calleesFirst(M))
    if (fuseInto(*F)) {
      joinOutcomes(*F);
      simplify(*F, AM);
      Changed = true;
    }
  return Changed ? PreservedAnalyses::none() : PreservedAnalyses::all();
}

} // namespace coro
