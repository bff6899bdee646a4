//===-- CheckRecursion.cpp - effect-order: no frame contains itself -------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The front end has reported recursion with the source at hand; this is for IR
// that did not come from it, and the reason why later passes may rely on an
// order of callees before callers.
//
//===----------------------------------------------------------------------===//

#include "Analysis/CallGraph.h"
#include "IR/Facts.h"
#include "Transforms/Passes.h"
#include "llvm/IR/Constants.h"

using namespace llvm;

namespace coro {

/// Whose frame a step of a cycle would contain.
static const Function *calleeOf(const Instruction &Step) {
  if (const auto *Frame = dyn_cast<AllocaInst>(&Step))
    return childOf(*Frame);
  return yieldingCallee(cast<CallBase>(Step));
}

PreservedAnalyses CheckRecursion::run(Module &M, ModuleAnalysisManager &) {
  std::vector<std::vector<CycleStep>> Cycles;
  calleesFirst(M, &Cycles);
  for (const std::vector<CycleStep> &Cycle : Cycles) {
    Function &First = *Cycle.front().Caller;
    Problem P = makeProblem(DiagID::Recursion, First, Cycle.front().Call,
                            {First.getName().str()});
    for (const CycleStep &Step : Cycle)
      P.Notes.push_back(makeProblem(DiagID::CycleCall, *Step.Caller, Step.Call,
                                    {Step.Caller->getName().str(),
                                     calleeOf(*Step.Call)->getName().str()}));
    Config.report(P, First);
  }
  // A call on a cycle has no meaning left; without it the pipeline can go on to
  // find other errors.
  for (const std::vector<CycleStep> &Cycle : Cycles) {
    auto *Call = dyn_cast<CallBase>(Cycle.back().Call);
    if (Call && Call->getCalledFunction())
      Call->setCalledOperand(
          ConstantPointerNull::get(PointerType::get(M.getContext(), 0)));
  }
  return Cycles.empty() ? PreservedAnalyses::all() : PreservedAnalyses::none();
}

} // namespace coro
