//===-- CallGraph.cpp - Calls between functions that yield ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Question: in which order can frames be laid out, given that a caller's frame
// contains its callees'? An edge is a direct call, or, once calls are expanded,
// the variable that stands for the callee's frame; a task that a function keeps
// as a value is no edge here, because its type is complete before the function
// is compiled. Invalidated by any change to calls.
//
//===----------------------------------------------------------------------===//

#include "Analysis/CallGraph.h"
#include "IR/Facts.h"
#include "IR/Markers.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/IR/InstIterator.h"

using namespace llvm;

namespace coro {

Function *yieldingCallee(const CallBase &Call) {
  auto *Callee = dyn_cast<Function>(Call.getCalledOperand());
  if (!Callee || !isCoroutine(*Callee) || isMarker(&Call, Marker::Suspend))
    return nullptr;
  return Callee;
}

namespace {
/// A function on the path of the walk: its calls, and which comes next.
struct Visit {
  Function *F;
  SmallVector<std::pair<Instruction *, Function *>, 8> Calls;
  size_t Next = 0;
};
enum class Mark { Unseen, OnPath, Done };
} // namespace

static Visit enter(Function &F) {
  Visit V{&F, {}, 0};
  for (Instruction &I : instructions(F)) {
    Function *Callee = nullptr;
    if (auto *Call = dyn_cast<CallBase>(&I))
      Callee = yieldingCallee(*Call);
    else if (auto *Frame = dyn_cast<AllocaInst>(&I))
      Callee = childOf(*Frame);
    if (Callee && !Callee->isDeclaration())
      V.Calls.push_back({&I, Callee});
  }
  return V;
}

static std::vector<CycleStep> cycleFrom(ArrayRef<Visit> Path, Function *Start) {
  std::vector<CycleStep> Cycle;
  for (const Visit &V : Path)
    if (!Cycle.empty() || V.F == Start)
      Cycle.push_back({V.F, V.Calls[V.Next - 1].first});
  return Cycle;
}

std::vector<Function *>
calleesFirst(Module &M, std::vector<std::vector<CycleStep>> *Cycles) {
  std::vector<Function *> Order;
  DenseMap<Function *, Mark> Marks;
  for (Function &Root : M) {
    if (!isCoroutine(Root) || Root.isDeclaration() ||
        Marks[&Root] != Mark::Unseen)
      continue;
    std::vector<Visit> Path;
    Path.push_back(enter(Root));
    Marks[&Root] = Mark::OnPath;
    while (!Path.empty()) {
      Visit &Top = Path.back();
      if (Top.Next == Top.Calls.size()) {
        Marks[Top.F] = Mark::Done;
        Order.push_back(Top.F);
        Path.pop_back();
        continue;
      }
      Function *Callee = Top.Calls[Top.Next++].second;
      Mark &Seen = Marks[Callee];
      if (Seen == Mark::OnPath && Cycles)
        Cycles->push_back(cycleFrom(Path, Callee));
      if (Seen != Mark::Unseen)
        continue;
      Seen = Mark::OnPath;
      Path.push_back(enter(*Callee));
    }
  }
  return Order;
}

} // namespace coro
