//===-- Markers.cpp - Typed views of marker calls -------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "IR/Markers.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"

using namespace llvm;

namespace coro {

static constexpr StringLiteral MarkerNames[] = {
#define CORO_MARKER(Id, Name) Name,
#include "Support/Names.def"
};

static StringRef nameOf(Marker M) {
  return MarkerNames[static_cast<unsigned>(M)];
}

StringRef annotationText(const Value *V) {
  const auto *Global = dyn_cast<GlobalVariable>(V->stripPointerCasts());
  if (!Global || !Global->hasInitializer())
    return "";
  const auto *Data = dyn_cast<ConstantDataSequential>(Global->getInitializer());
  return Data && Data->isCString() ? Data->getAsCString() : "";
}

bool isMarkerName(StringRef Name) { return is_contained(MarkerNames, Name); }

bool isMarker(const Value *V, Marker M) {
  const auto *Call = dyn_cast<CallBase>(V);
  const Function *Callee = Call ? Call->getCalledFunction() : nullptr;
  return Callee && Callee->isDeclaration() && Callee->getName() == nameOf(M);
}

SmallVector<CallBase *, 8> callsOf(Function &F, Marker Which) {
  SmallVector<CallBase *, 8> Calls;
  const Function *Marked = F.getParent()->getFunction(nameOf(Which));
  if (!Marked || !Marked->isDeclaration() || Marked->use_empty())
    return Calls;
  for (Instruction &I : instructions(F))
    if (auto *Call = dyn_cast<CallBase>(&I);
        Call && Call->getCalledFunction() == Marked)
      Calls.push_back(Call);
  return Calls;
}

SmallVector<CallBase *, 8> callsOf(Module &M, Marker Which) {
  SmallVector<CallBase *, 8> Calls;
  if (!M.getFunction(nameOf(Which)))
    return Calls;
  for (Function &F : M)
    append_range(Calls, callsOf(F, Which));
  return Calls;
}

CallBase *callThrough(CallBase &MarkerCall) {
  for (User *U : MarkerCall.users())
    if (auto *Call = dyn_cast<CallBase>(U))
      if (Call->getCalledOperand() == &MarkerCall)
        return Call;
  return nullptr;
}

Function *taskOfFrame(const Value &V) {
  if (!isMarker(&V, Marker::FrameOf))
    return nullptr;
  const Value *Task = cast<CallBase>(V).getArgOperand(1)->stripPointerCasts();
  return dyn_cast<Function>(const_cast<Value *>(Task));
}

FunctionCallee declareMarker(Module &M, Marker Which, FunctionType *Type) {
  return M.getOrInsertFunction(nameOf(Which), Type);
}

void dropUnusedMarkers(Module &M) {
  for (StringRef Name : MarkerNames)
    if (Function *F = M.getFunction(Name)) {
      // The rows of the annotation table outlive it.
      F->removeDeadConstantUsers();
      if (F->use_empty())
        F->eraseFromParent();
    }
}

} // namespace coro
