//===-- FusePolicy.cpp - Which callees to flatten -------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Question: is a callee's body better off inside its caller, where both share
// one state index and one layout, or behind a call, with its frame embedded? A
// small body costs less than the calls of its start and poll.
//
// The answer may depend on the caller up to this call and on the callee, never
// on who else calls either: the size of a task is asked for before the rest of
// the unit is known.
//
//===----------------------------------------------------------------------===//

#include "Analysis/FusePolicy.h"
#include "Analysis/AsmLabels.h"
#include "IR/Markers.h"
#include "llvm/IR/Attributes.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/IntrinsicInst.h"

using namespace llvm;

namespace coro {

/// True for what only says how the function or a callee ended: it is gone once
/// the function is split, but for a comparison behind calls.
static bool saysHowItEnded(const Instruction &I) {
  if (isMarker(&I, Marker::Cancelled) || isMarker(&I, Marker::Shield) ||
      isa<ExtractValueInst, InsertValueInst>(I))
    return true;
  const auto *Branch = dyn_cast<BranchInst>(&I);
  if (Branch && Branch->isConditional())
    return isMarker(Branch->getCondition(), Marker::Cancelled);
  const auto *Return = dyn_cast<ReturnInst>(&I);
  return Return && Return->getReturnValue() &&
         isa<Constant>(Return->getReturnValue());
}

unsigned codeSize(const Function &F, unsigned Limit) {
  unsigned Size = 0;
  for (const Instruction &I : instructions(F)) {
    if (isa<DbgInfoIntrinsic>(I) || I.isLifetimeStartOrEnd() ||
        saysHowItEnded(I))
      continue;
    if (++Size > Limit)
      break;
  }
  return Size;
}

/// What makes a body depend on the stack it runs on.
static bool needsOwnStack(const Function &F) {
  for (const Instruction &I : instructions(F)) {
    if (const auto *A = dyn_cast<AllocaInst>(&I); A && !A->isStaticAlloca())
      return true;
    if (isa<CallBrInst>(I))
      return true;
    if (const auto *Call = dyn_cast<IntrinsicInst>(&I))
      if (Call->getIntrinsicID() == Intrinsic::stacksave ||
          Call->getIntrinsicID() == Intrinsic::returnaddress ||
          Call->getIntrinsicID() == Intrinsic::frameaddress)
        return true;
  }
  return false;
}

bool isFinalDefinition(const Function &F) {
  return !F.isDeclaration() && F.isDefinitionExact();
}

/// What of a callee stands against fusing it wherever it is called.
static FuseChoice obstacleOf(const Function &Callee) {
  if (Callee.isDeclaration())
    return {"NoBody", "its body is in another file"};
  if (!isFinalDefinition(Callee))
    return {"Replaceable",
            "another definition may take its place when linking"};
  if (Callee.isVarArg())
    return {"Variadic", "it takes a variable number of arguments"};
  if (Callee.hasOptNone())
    return {"NotOptimised", "there is no optimisation here"};
  if (Callee.hasFnAttribute(Attribute::NoInline))
    return {"NoInline", "it is noinline"};
  if (needsOwnStack(Callee))
    return {"OwnStack", "its body needs a stack of its own"};
  if (definesAsmLabel(Callee))
    return {"AsmLabel", "its body defines a label in assembly"};
  if (!Callee.hasFnAttribute(Attribute::AlwaysInline) &&
      codeSize(Callee, SmallCallee) > SmallCallee)
    return {"TooLarge", "it is too large"};
  return {};
}

bool mayBeFused(const Function &Callee) { return obstacleOf(Callee).fuses(); }

FuseChoice chooseFusing(const CallBase &Call, const Function &Callee) {
  const Function &Caller = *Call.getFunction();
  if (!isa<CallInst>(Call))
    return {"Unwinds", "the call may unwind"};
  if (FuseChoice Choice = obstacleOf(Callee); !Choice.fuses())
    return Choice;
  if (Call.getFunctionType() != Callee.getFunctionType())
    return {"OtherType", "the call is of another type than the function"};
  if (Caller.hasOptNone())
    return {"NotOptimised", "there is no optimisation here"};
  if (Call.isNoInline())
    return {"NoInline", "it is noinline"};
  if (!AttributeFuncs::areInlineCompatible(Caller, Callee))
    return {"Incompatible", "the two have attributes that do not go together"};
  if (!Callee.hasFnAttribute(Attribute::AlwaysInline) &&
      codeSize(Caller, FullCaller) > FullCaller)
    return {"CallerFull", "the caller is too large already"};
  return {};
}

} // namespace coro
