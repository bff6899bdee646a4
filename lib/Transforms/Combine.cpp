//===-- Combine.cpp - Waiting for several things at once ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A part of effect-lower. What a call waits for are its arms: tasks, whose
// function is known; futures, which begin with their poll function; shared
// ones, for which there is a node to wait for (SharedArms); and coro_any_tasks,
// pairs of a frame and a descriptor. Whatever is not PENDING ends an arm, which
// is not polled again. WaitForArms writes the loops.
//
//===----------------------------------------------------------------------===//

#include "Transforms/Combine.h"
#include "Analysis/KnownPoll.h"
#include "IR/Facts.h"
#include "IR/Markers.h"
#include "IR/Parts.h"
#include "Transforms/SharedArms.h"
#include "Transforms/WaitForArms.h"
#include "llvm/ADT/Statistic.h"
#include "llvm/Transforms/Utils/Local.h"

#define DEBUG_TYPE "effect-lower"

using namespace llvm;

STATISTIC(NumCombined, "Number of waits for several things");
STATISTIC(NumDirectArms, "Number of arms whose poll function is known");

namespace coro {

/// How many of a marker's arguments come before its arms.
static unsigned firstArm(Marker Kind) {
  return Kind == Marker::Timeout ? 2 : 1;
}

static Arm armOf(Value *V) {
  if (Function *F = taskOfFrame(*V))
    return {Arm::Task, V, pollOf(*F), F};
  if (isMarker(V, Marker::AnyArm))
    return {Arm::AnyTask, cast<CallBase>(V)->getArgOperand(0)};
  return {Arm::Future, V};
}

static Combined describe(CallBase &Call, Marker Kind) {
  Combined C{&Call, Kind, {}};
  for (unsigned I = firstArm(Kind); I < Call.arg_size(); ++I)
    C.Arms.push_back(armOf(Call.getArgOperand(I)));
  openSharedWaits(C);
  if (Kind != Marker::Timeout)
    return C;
  Module &M = *Call.getModule();
  Type *Ptr = PointerType::getUnqual(Call.getContext());
  FunctionCallee Poll = M.getOrInsertFunction(
      "coro_alarm_poll", Type::getInt32Ty(Call.getContext()), Ptr, Ptr);
  // The last, so that a task that is done when it rings is in time.
  C.Arms.push_back({Arm::Alarm, Call.getArgOperand(0), Poll.getCallee()});
  return C;
}

/// Looks at the module as it is before any of them is expanded.
static SmallVector<Combined, 8> findCombined(Module &M,
                                             FunctionAnalysisManager &FAM) {
  SmallVector<Combined, 8> Found;
  for (Marker Kind : {Marker::WaitFor, Marker::Join, Marker::Any, Marker::Race,
                      Marker::Timeout, Marker::Cancel})
    for (CallBase *Call : callsOf(M, Kind))
      Found.push_back(describe(*Call, Kind));
  for (const Combined &C : Found)
    FAM.invalidate(*C.Call->getFunction(), PreservedAnalyses::none());
  for (Combined &C : Found)
    for (Arm &A : C.Arms) {
      Function *Poll =
          A.Kind == Arm::Future ? knownPoll(*C.Call, *A.Frame, FAM) : nullptr;
      if (Poll)
        A.Poll = Poll;
      NumDirectArms += A.Poll != nullptr;
    }
  return Found;
}

void lowerCombinators(Module &M, ModuleAnalysisManager &AM) {
  auto &FAM = AM.getResult<FunctionAnalysisManagerModuleProxy>(M).getManager();
  for (const Combined &C : findCombined(M, FAM)) {
    waitForArms(C);
    ++NumCombined;
  }
  for (Marker Kind : {Marker::AnyArm, Marker::SharedArm})
    for (CallBase *Call : callsOf(M, Kind)) {
      if (auto *Invoke = dyn_cast<InvokeInst>(Call))
        Call = changeToCall(Invoke);
      Call->replaceAllUsesWith(Call->getArgOperand(0));
      Call->eraseFromParent();
    }
}

} // namespace coro
