//===-- FrameProblems.cpp - What cannot be kept in a frame ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Question: which of the things that are alive across a suspension have no
// place in a frame, because their size is not fixed or because they point into
// a stack that will be gone? Each is an error where it is made. So is a label
// in assembly that would be in both the code before and the code after a
// suspension.
//
//===----------------------------------------------------------------------===//

#include "Analysis/FrameProblems.h"
#include "Analysis/AsmLabels.h"
#include "llvm/ADT/DepthFirstIterator.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/CFG.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace coro {

namespace {
class ProblemFinder {
  const Coroutine &C;
  const FrameLayout &Layout;
  const DataLayout &DL;
  std::vector<Problem> Problems;

  void add(DiagID ID, const Value *At) {
    Problems.push_back(makeProblem(ID, C.F, dyn_cast_or_null<Instruction>(At),
                                   {C.F.getName().str()}));
  }
  bool isScalable(Type *T) const {
    return !T->isSized() || DL.getTypeAllocSize(T).isScalable();
  }
  void checkValue(const Value &V);
  void checkVariable(const AllocaInst &A, const Instruction *VaStart);
  void checkVaStart();
  void checkAsmLabels();

public:
  ProblemFinder(const Coroutine &C, const FrameLayout &Layout)
      : C(C), Layout(Layout), DL(C.F.getParent()->getDataLayout()) {}
  std::vector<Problem> run();
};
} // namespace

void ProblemFinder::checkValue(const Value &V) {
  Type *T = V.getType();
  if (isa<AllocaInst>(V))
    add(DiagID::DynamicAlloca, &V);
  else if (isa<CallBrInst>(V))
    Problems.push_back(
        makeProblem(DiagID::Unsupported, C.F, cast<Instruction>(&V),
                    {"an output of asm goto that is alive across a suspension",
                     C.F.getName().str(), "copy it into a variable first"}));
  else if (T->isTokenTy() || T->isTargetExtTy() || T->isX86_AMXTy() ||
           isScalable(T))
    add(DiagID::UnsizedValue, &V);
}

void ProblemFinder::checkVariable(const AllocaInst &A,
                                  const Instruction *VaStart) {
  if (VaStart)
    add(DiagID::VaList, VaStart);
  else if (!A.isStaticAlloca()) {
    // Its address may cross as well, and is then reported already.
    if (!Layout.Crossing.count(const_cast<AllocaInst *>(&A)))
      add(DiagID::DynamicAlloca, &A);
  } else if (isScalable(A.getAllocatedType())) {
    add(DiagID::UnsizedValue, &A);
  }
}

/// The variable arguments are in the stack of f.start's caller, and a poll has
/// another one.
void ProblemFinder::checkVaStart() {
  if (!C.F.isVarArg())
    return;
  df_iterator_default_set<const BasicBlock *> Reached;
  for (const SuspendPoint &Point : C.Points)
    for (const BasicBlock *Block : depth_first_ext(
             static_cast<const BasicBlock *>(Point.Resume), Reached))
      for (const Instruction &I : *Block)
        if (const auto *Call = dyn_cast<IntrinsicInst>(&I))
          if (Call->getIntrinsicID() == Intrinsic::vastart)
            add(DiagID::VaStart, Call);
}

/// Code that is reached both with and without a suspension is in f.start and in
/// f.poll.
void ProblemFinder::checkAsmLabels() {
  if (!definesAsmLabel(C.F))
    return;
  SmallSetVector<const BasicBlock *, 16> InStart;
  InStart.insert(&C.F.getEntryBlock());
  for (unsigned I = 0; I < InStart.size(); ++I)
    if (!C.PointOfSuspend.count(InStart[I]))
      for (const BasicBlock *Next : successors(InStart[I]))
        InStart.insert(Next);
  df_iterator_default_set<const BasicBlock *> InPoll;
  for (const SuspendPoint &Point : C.Points)
    for (const BasicBlock *Block :
         depth_first_ext(static_cast<const BasicBlock *>(Point.Resume), InPoll))
      for (const Instruction &I : *Block)
        if (StringRef Label = asmLabel(I);
            !Label.empty() && InStart.contains(Block))
          Problems.push_back(makeProblem(DiagID::AsmLabelTwice, C.F, &I,
                                         {Label.str(), C.F.getName().str()}));
}

/// Variables that va_start or va_copy writes, and where.
static DenseMap<const Value *, const Instruction *> vaLists(const Function &F) {
  DenseMap<const Value *, const Instruction *> Lists;
  for (const Instruction &I : instructions(F)) {
    const auto *Call = dyn_cast<IntrinsicInst>(&I);
    if (Call && (Call->getIntrinsicID() == Intrinsic::vastart ||
                 Call->getIntrinsicID() == Intrinsic::vacopy))
      Lists.try_emplace(getUnderlyingObject(Call->getArgOperand(0)), Call);
  }
  return Lists;
}

std::vector<Problem> ProblemFinder::run() {
  for (const auto &[V, Points] : Layout.Crossing) {
    (void)Points;
    checkValue(*V);
  }
  DenseMap<const Value *, const Instruction *> Lists = vaLists(C.F);
  const MemoryLiveness &Memory = Layout.Memory;
  for (unsigned V = 0; V < Memory.Uses.Variables.size(); ++V)
    if (any_of(Memory.AtPoint, [V](const BitVector &At) { return At[V]; }))
      checkVariable(*Memory.Uses.Variables[V],
                    Lists.lookup(Memory.Uses.Variables[V]));
  checkVaStart();
  checkAsmLabels();
  return std::move(Problems);
}

std::vector<Problem> findFrameProblems(const Coroutine &C,
                                       const FrameLayout &Layout) {
  return ProblemFinder(C, Layout).run();
}

} // namespace coro
