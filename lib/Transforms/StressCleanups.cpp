//===-- StressCleanups.cpp - effect-stress-cleanups -----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Gives every coroutine something to clean up: it takes a token at its top and
// gives it back at each of its ends, also where it is cancelled.
//
//   %token = call ptr @coro_stress_hold()
//   ...
//   call void @coro_stress_drop(ptr %token)
//   ret ...
//
// A token given back twice or never is then a path of cancellation gone wrong.
// Behind effect-unwind, where every end is a return.
//
//===----------------------------------------------------------------------===//

#include "IR/Facts.h"
#include "IR/Outcome.h"
#include "Transforms/Passes.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace coro {

static void holdToken(Function &F) {
  Module &M = *F.getParent();
  IRBuilder<> B(&*F.getEntryBlock().getFirstNonPHIOrDbgOrAlloca());
  Type *Ptr = B.getPtrTy();
  Value *Token = B.CreateCall(M.getOrInsertFunction("coro_stress_hold", Ptr));
  FunctionCallee Drop =
      M.getOrInsertFunction("coro_stress_drop", B.getVoidTy(), Ptr);
  for (BasicBlock &Block : F)
    if (auto *Return = dyn_cast<ReturnInst>(Block.getTerminator())) {
      B.SetInsertPoint(Return);
      B.CreateCall(Drop, {Token});
    }
}

PreservedAnalyses StressCleanups::run(Module &M, ModuleAnalysisManager &) {
  for (Function &F : M)
    if (isCoroutine(F) && hasOutcome(F) && !F.isDeclaration())
      holdToken(F);
  return PreservedAnalyses::none();
}

} // namespace coro
