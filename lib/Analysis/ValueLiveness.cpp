//===-- ValueLiveness.cpp - Values that cross a suspension ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Question: which SSA values are defined on one side of a suspension and used
// on the other? A value crosses suspension k if it is live where k resumes.
//
//     %x = add ...          %x crosses 0 and 1: the walk from the use reaches
//     point 0               the definition over both
//     point 1
//     use %x
//
// Computed value by value: from each use backwards until the definition. A use
// by a phi is at the end of the incoming block. Variables in memory are not
// looked at here, see MemoryLiveness; an address of one is a value like others.
//
// Invalidated by any change to blocks or instructions.
//
//===----------------------------------------------------------------------===//

#include "Analysis/ValueLiveness.h"
#include "llvm/IR/CFG.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"

using namespace llvm;

namespace coro {

/// Variables are memory; the rest that has no value cannot cross.
static bool isValue(const Value &V) {
  if (const auto *A = dyn_cast<AllocaInst>(&V); A && A->isStaticAlloca())
    return false;
  return !V.getType()->isVoidTy() && !V.getType()->isMetadataTy() &&
         !V.getType()->isLabelTy() && !V.use_empty();
}

static const BasicBlock *definingBlock(const Value &V, const Function &F) {
  if (const auto *I = dyn_cast<Instruction>(&V))
    return I->getParent();
  return &F.getEntryBlock();
}

namespace {
class Walker {
  const Coroutine &C;
  /// The last value whose walk came to a block.
  DenseMap<const BasicBlock *, const Value *> Reached;
  SmallVector<const BasicBlock *, 16> Worklist;
  SmallVector<unsigned, 4> Crossed;

  /// Whether a walk ends where a suspension resumes.
  bool StopsAtResume;

  /// V is live at the start of Block.
  void liveIn(const Value &V, const BasicBlock *Block) {
    const Value *&Last = Reached[Block];
    if (Last == &V)
      return;
    Last = &V;
    auto It = C.PointOfResume.find(Block);
    if (It != C.PointOfResume.end())
      Crossed.push_back(It->second);
    if (It != C.PointOfResume.end() && StopsAtResume)
      return;
    append_range(Worklist, predecessors(Block));
  }

  void drain(const Value &V, const BasicBlock *Home) {
    while (!Worklist.empty()) {
      const BasicBlock *Block = Worklist.pop_back_val();
      if (Block != Home)
        liveIn(V, Block);
    }
  }
  void walkFrom(const Value &V, const BasicBlock *Block,
                const BasicBlock *Home) {
    Worklist.push_back(Block);
    drain(V, Home);
  }

public:
  explicit Walker(const Coroutine &C, bool StopsAtResume = false)
      : C(C), StopsAtResume(StopsAtResume) {}

  SmallVector<unsigned, 4> walk(const Value &V,
                                ArrayRef<const BasicBlock *> UsedIn = {}) {
    Crossed.clear();
    const BasicBlock *Home = definingBlock(V, C.F);
    for (const BasicBlock *Block : UsedIn)
      walkFrom(V, Block, Home);
    for (const Use &U : V.uses()) {
      const auto *User = cast<Instruction>(U.getUser());
      if (const auto *Phi = dyn_cast<PHINode>(User)) {
        // Live at the end of the incoming block.
        Worklist.push_back(Phi->getIncomingBlock(U));
      } else if (User->getParent() != Home) {
        liveIn(V, User->getParent());
      }
      drain(V, Home);
    }
    Reached.clear();
    llvm::sort(Crossed);
    return Crossed;
  }
};
} // namespace

template <typename Callback> static void forEachValue(Function &F, Callback B) {
  for (Argument &A : F.args())
    if (isValue(A))
      B(A);
  for (Instruction &I : instructions(F))
    if (isValue(I))
      B(I);
}

CrossingMap crossingValues(const Coroutine &C) {
  CrossingMap Crossing;
  Walker W(C);
  forEachValue(C.F, [&](Value &V) {
    SmallVector<unsigned, 4> Points = W.walk(V);
    if (!Points.empty())
      Crossing.insert({&V, Points});
  });
  return Crossing;
}

SmallVector<unsigned, 4> resumesThatNeed(const Coroutine &C, const Value &V,
                                         ArrayRef<const BasicBlock *> UsedIn) {
  return Walker(C, /*StopsAtResume=*/true).walk(V, UsedIn);
}

CrossingMap allValues(const Coroutine &C) {
  CrossingMap Crossing;
  SmallVector<unsigned, 4> All;
  for (unsigned I = 0; I < C.Points.size(); ++I)
    All.push_back(I);
  forEachValue(C.F, [&](Value &V) {
    const BasicBlock *Home = definingBlock(V, C.F);
    bool Leaves = any_of(V.uses(), [Home](const Use &U) {
      const auto *User = cast<Instruction>(U.getUser());
      return isa<PHINode>(User) || User->getParent() != Home;
    });
    if (Leaves && !All.empty() && !isa<AllocaInst>(V))
      Crossing.insert({&V, All});
  });
  return Crossing;
}

} // namespace coro
