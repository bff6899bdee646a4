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
#include "IR/Outcome.h"
#include "Transforms/Passes.h"
#include "Transforms/Simplify.h"
#include "llvm/ADT/Statistic.h"
#include "llvm/Analysis/ValueTracking.h"
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

/// After several returns, a result in the outcome form is a phi of pairs; two
/// phis are what the callee had.
static void mergeReturns(Function &Callee) {
  SmallVector<ReturnInst *, 4> Returns;
  for (BasicBlock &Block : Callee)
    if (auto *Return = dyn_cast<ReturnInst>(Block.getTerminator()))
      Returns.push_back(Return);
  if (!hasOutcome(Callee) || Returns.size() < 2)
    return;
  BasicBlock *End = BasicBlock::Create(Callee.getContext(), "end", &Callee);
  IRBuilder<> B(End);
  Type *Form = Callee.getReturnType();
  Type *T = resultInForm(Form);
  PHINode *Result = T->isVoidTy() ? nullptr : B.CreatePHI(T, Returns.size());
  PHINode *How = B.CreatePHI(B.getInt8Ty(), Returns.size());
  B.SetCurrentDebugLocation(Returns.front()->getDebugLoc());
  B.CreateRet(inOutcomeForm(B, Form, Result, How));
  for (ReturnInst *Return : Returns) {
    B.SetInsertPoint(Return);
    Value *Both = Return->getReturnValue();
    auto part = [&](unsigned Index) {
      Value *Inserted = FindInsertedValue(Both, {Index});
      return Inserted ? Inserted : B.CreateExtractValue(Both, Index);
    };
    if (Result)
      Result->addIncoming(part(0), Return->getParent());
    How->addIncoming(Result ? part(1) : Both, Return->getParent());
    B.CreateBr(End);
    Return->eraseFromParent();
  }
}

/// Such a call's parts, once the callee's body has put them together.
static void foldParts(Function &F) {
  SmallVector<ExtractValueInst *, 8> Parts;
  for (Instruction &I : instructions(F))
    if (auto *Part = dyn_cast<ExtractValueInst>(&I))
      Parts.push_back(Part);
  for (ExtractValueInst *Part : Parts)
    if (Value *Inserted = FindInsertedValue(Part->getAggregateOperand(),
                                            Part->getIndices())) {
      Part->replaceAllUsesWith(Inserted);
      Part->eraseFromParent();
    }
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
    mergeReturns(*Callee);
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
      foldParts(*F);
      simplify(*F, AM);
      Changed = true;
    }
  return Changed ? PreservedAnalyses::none() : PreservedAnalyses::all();
}

} // namespace coro
