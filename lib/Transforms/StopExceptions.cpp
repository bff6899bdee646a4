//===-- StopExceptions.cpp - Exceptions of others in coroutines -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//   invoke void @callback() to label %on unwind label %foreign
//   foreign: landingpad cleanup
//            call @coro_foreign_exception("name")
//
// Only with -fexceptions. What unwinds through a part of a task would leave the
// task as it was at its last suspension, and whoever resumes it next would run
// the same code again: nobody can go on from there.
//
//===----------------------------------------------------------------------===//

#include "Transforms/StopExceptions.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Module.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/Local.h"

using namespace llvm;

namespace coro {

static BasicBlock *padIn(Function &Part, StringRef Name) {
  LLVMContext &C = Part.getContext();
  BasicBlock *Pad = BasicBlock::Create(C, "coro.foreign", &Part);
  IRBuilder<> B(Pad);
  if (DISubprogram *Subprogram = Part.getSubprogram())
    B.SetCurrentDebugLocation(
        DILocation::get(C, Subprogram->getLine(), 0, Subprogram));
  LandingPadInst *Landing =
      B.CreateLandingPad(StructType::get(C, {B.getPtrTy(), B.getInt32Ty()}), 0);
  Landing->setCleanup(true);
  FunctionCallee Stop = Part.getParent()->getOrInsertFunction(
      "coro_foreign_exception", B.getVoidTy(), B.getPtrTy());
  CallInst *Call = B.CreateCall(Stop, {B.CreateGlobalString(Name)});
  Call->setDoesNotReturn();
  Call->setDoesNotThrow();
  B.CreateUnreachable();
  return Pad;
}

void stopExceptions(Function &Part, StringRef Name) {
  SmallVector<CallInst *, 8> Calls;
  for (Instruction &I : instructions(Part))
    if (auto *Call = dyn_cast<CallInst>(&I);
        Call && !Call->doesNotThrow() && !Call->isInlineAsm())
      Calls.push_back(Call);
  Part.setDoesNotThrow();
  if (Calls.empty())
    return;
  BasicBlock *Pad = padIn(Part, Name);
  for (CallInst *Call : Calls)
    changeToInvokeAndSplitBasicBlock(Call, Pad);
  Module &M = *Part.getParent();
  Part.setPersonalityFn(cast<Constant>(
      M.getOrInsertFunction("__gcc_personality_v0",
                            FunctionType::get(Type::getInt32Ty(M.getContext()),
                                              /*isVarArg=*/true))
          .getCallee()));
}

} // namespace coro
