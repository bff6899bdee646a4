//===-- Prepare.cpp - frame-prepare: the normal form before fusing --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Leaves of a coroutine's IR only what the later passes know:
//
//   - nothing that cannot work (what returns twice, musttail): an error;
//   - no unreachable blocks; computed gotos as switches, because the code after
//     the split has two copies of each label;
//   - every variable of constant size that is made once stands in the entry
//     block;
//   - the address of a thread-local is taken where it is used, see
//     ThreadLocals.h;
//   - variables that need no memory are in registers, unless the function is
//     optnone; so are the flags of a coro_for.
//
// It must reach the same result for a function alone in a module (which is how
// a task type gets its size) as for the function in its unit. So it looks at
// nothing but the function's own instructions: no attribute of a callee, no
// initialiser.
//
//===----------------------------------------------------------------------===//

#include "IR/Facts.h"
#include "IR/Markers.h"
#include "Support/Compat.h"
#include "Transforms/ComputedGoto.h"
#include "Transforms/LoopFlags.h"
#include "Transforms/Passes.h"
#include "Transforms/Simplify.h"
#include "Transforms/ThreadLocals.h"
#include "llvm/ADT/SCCIterator.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/IR/CFG.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/PromoteMemToReg.h"

#define DEBUG_TYPE "frame-prepare"

using namespace llvm;

namespace coro {

static bool reject(const Instruction &I, StringRef What, StringRef Why,
                   const PassConfig &Config) {
  const Function &F = *I.getFunction();
  Config.report(makeProblem(DiagID::Unsupported, F, &I,
                            {What.str(), F.getName().str(), Why.str()}),
                F);
  return true;
}

/// Reports what a coroutine cannot hold. True where there is any.
static bool rejectUnsupported(Function &F, const PassConfig &Config) {
  bool Found = false;
  for (Instruction &I : instructions(F)) {
    auto *Call = dyn_cast<CallBase>(&I);
    if (!Call)
      continue;
    if (Call->hasFnAttr(Attribute::ReturnsTwice)) {
      StringRef Callee = Call->getCalledFunction()
                             ? Call->getCalledFunction()->getName()
                             : "a callee";
      Config.report(makeProblem(DiagID::SetjmpInCoroutine, F, &I,
                                {Callee.str(), F.getName().str()}),
                    F);
      Found = true;
    }
    if (Call->isMustTailCall()) {
      Found |=
          reject(I, "musttail",
                 "the frame must outlive the call; drop the attribute", Config);
      // Blocks may be cut behind it from here on.
      cast<CallInst>(Call)->setTailCallKind(CallInst::TCK_None);
    }
    for (unsigned A = 0; A < Call->arg_size(); ++A)
      if (Call->isInAllocaArgument(A) ||
          Call->paramHasAttr(A, Attribute::Preallocated))
        Found |= reject(I, "an argument passed in place",
                        "this calling convention is not supported", Config);
  }
  return Found;
}

/// Blocks that can be reached from themselves.
static SmallPtrSet<BasicBlock *, 16> blocksInCycles(Function &F) {
  SmallPtrSet<BasicBlock *, 16> Blocks;
  for (auto It = scc_begin(&F); !It.isAtEnd(); ++It)
    if (It.hasCycle())
      Blocks.insert((*It).begin(), (*It).end());
  return Blocks;
}

/// An alloca of constant size outside of a cycle runs at most once, so it may
/// as well be an ordinary variable; in a cycle each turn makes another one.
static void hoistConstantAllocas(Function &F) {
  SmallPtrSet<BasicBlock *, 16> Cycles = blocksInCycles(F);
  SmallVector<AllocaInst *, 8> Moved;
  for (Instruction &I : instructions(F))
    if (auto *A = dyn_cast<AllocaInst>(&I))
      if (!A->isStaticAlloca() && isa<ConstantInt>(A->getArraySize()) &&
          !A->isUsedWithInAlloca() && !Cycles.contains(A->getParent()))
        Moved.push_back(A);
  Instruction *Top = &*F.getEntryBlock().begin();
  for (AllocaInst *A : Moved)
    if (A != Top)
      A->moveBefore(*Top->getParent(), Top->getIterator());
  for (AllocaInst *A : Moved)
    if (auto *Count = cast<ConstantInt>(A->getArraySize()); !Count->isOne()) {
      A->setAllocatedType(
          ArrayType::get(A->getAllocatedType(), Count->getZExtValue()));
      A->setOperand(0, ConstantInt::get(Count->getType(), 1));
    }
}

/// clang keeps the stack pointer of a variable-length array's scope in a
/// variable; what is restored must be seen to be what was saved, at -O0 too.
static void promoteSavedStacks(Function &F) {
  SmallSetVector<AllocaInst *, 4> Variables;
  for (Instruction &I : instructions(F)) {
    auto *Call = dyn_cast<IntrinsicInst>(&I);
    if (!Call || Call->getIntrinsicID() != Intrinsic::stacksave)
      continue;
    for (User *U : Call->users())
      if (auto *Store = dyn_cast<StoreInst>(U))
        if (auto *A = dyn_cast<AllocaInst>(Store->getPointerOperand());
            A && isAllocaPromotable(A))
          Variables.insert(A);
  }
  if (Variables.empty())
    return;
  DominatorTree DT(F);
  PromoteMemToReg(Variables.getArrayRef(), DT);
}

/// clang ends scopes where they are left, but not on paths that only unwind.
/// Once the function is part of another one, its return is no longer the end of
/// its variables; so all ends are said to be.
static void endScopesAtReturns(Function &F) {
  if (F.hasOptNone())
    return;
  SmallVector<AllocaInst *, 8> Scoped;
  for (Instruction &I : F.getEntryBlock())
    if (auto *A = dyn_cast<AllocaInst>(&I);
        A && A->isStaticAlloca() && any_of(A->users(), [](const User *U) {
          return cast<Instruction>(U)->isLifetimeStartOrEnd();
        }))
      Scoped.push_back(A);
  for (BasicBlock &Block : F)
    if (auto *Return = dyn_cast<ReturnInst>(Block.getTerminator())) {
      IRBuilder<> B(Return);
      for (AllocaInst *A : Scoped)
        createLifetimeEnd(B, A);
    }
}

/// A tail marker promises that the callee sees no variable of the caller; once
/// variables are in a frame that is more than we know.
static void dropTailMarkers(Function &F) {
  for (Instruction &I : instructions(F))
    if (auto *Call = dyn_cast<CallInst>(&I); Call && Call->isTailCall())
      Call->setTailCallKind(CallInst::TCK_None);
}

/// What a parameter promises about memory held for one call of the whole
/// function; a frame outlives many.
static void dropMemoryPromises(Function &F) {
  for (Argument &A : F.args())
    for (Attribute::AttrKind Kind :
         {Attribute::NoAlias, Attribute::ReadOnly, Attribute::ReadNone,
          Attribute::WriteOnly, Attribute::Returned, Attribute::NoFree,
          Attribute::Writable, Attribute::DeadOnUnwind})
      A.removeAttr(Kind);
}

PreservedAnalyses Prepare::run(Module &M, ModuleAnalysisManager &AM) {
  bool Changed = false;
  for (Function &F : M) {
    if (!isCoroutine(F) || F.isDeclaration())
      continue;
    Changed = true;
    if (rejectUnsupported(F, Config))
      continue;
    EliminateUnreachableBlocks(F);
    lowerComputedGotos(F);
    hoistConstantAllocas(F);
    promoteSavedStacks(F);
    dropTailMarkers(F);
    dropMemoryPromises(F);
    sinkThreadLocals(F);
    simplify(F, AM);
    // Only now are the ways to them plain.
    if (!F.hasOptNone() && splitLoopFlags(F))
      simplify(F, AM);
    endScopesAtReturns(F);
  }
  return Changed ? PreservedAnalyses::none() : PreservedAnalyses::all();
}

} // namespace coro
