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

/// Walks backwards over the blocks, by number.
class ValueWalker {
  static constexpr unsigned None = ~0u;
  const Coroutine &C;
  DenseMap<const BasicBlock *, unsigned> Numbers;
  /// The predecessors of block I are those from Begins[I] to Begins[I + 1].
  std::vector<unsigned> Begins, Predecessors;
  /// The suspension that a block resumes, or None.
  std::vector<unsigned> Resumes;
  /// The last walk that came to a block.
  std::vector<unsigned> Reached;
  unsigned Walk = 0;
  SmallVector<unsigned, 16> Worklist;
  SmallVector<unsigned, 4> Crossed;

  /// Whether a walk ends where a suspension resumes.
  bool StopsAtResume;

  /// The value is live at the start of Block.
  void liveIn(unsigned Block) {
    if (Reached[Block] == Walk)
      return;
    Reached[Block] = Walk;
    if (Resumes[Block] != None) {
      Crossed.push_back(Resumes[Block]);
      if (StopsAtResume)
        return;
    }
    Worklist.append(Predecessors.begin() + Begins[Block],
                    Predecessors.begin() + Begins[Block + 1]);
  }

  void drain(unsigned Home) {
    while (!Worklist.empty()) {
      unsigned Block = Worklist.pop_back_val();
      if (Block != Home)
        liveIn(Block);
    }
  }

public:
  explicit ValueWalker(const Coroutine &C, bool StopsAtResume = false);

  SmallVector<unsigned, 4> walk(const Value &V,
                                ArrayRef<const BasicBlock *> UsedIn = {});
};

ValueWalker::ValueWalker(const Coroutine &C, bool StopsAtResume)
    : C(C), StopsAtResume(StopsAtResume) {
  for (const BasicBlock &Block : C.F)
    Numbers.insert({&Block, Numbers.size()});
  for (const BasicBlock &Block : C.F) {
    Begins.push_back(Predecessors.size());
    for (const BasicBlock *Before : predecessors(&Block))
      Predecessors.push_back(Numbers.lookup(Before));
    auto It = C.PointOfResume.find(&Block);
    Resumes.push_back(It == C.PointOfResume.end() ? None : It->second);
  }
  Begins.push_back(Predecessors.size());
  Reached.resize(Numbers.size());
}

SmallVector<unsigned, 4>
ValueWalker::walk(const Value &V, ArrayRef<const BasicBlock *> UsedIn) {
  ++Walk;
  Crossed.clear();
  const BasicBlock *HomeBlock = definingBlock(V, C.F);
  unsigned Home = Numbers.lookup(HomeBlock);
  for (const BasicBlock *Block : UsedIn)
    Worklist.push_back(Numbers.lookup(Block));
  for (const Use &U : V.uses()) {
    const auto *User = cast<Instruction>(U.getUser());
    // A phi's is live at the end of the incoming block.
    if (const auto *Phi = dyn_cast<PHINode>(User))
      Worklist.push_back(Numbers.lookup(Phi->getIncomingBlock(U)));
    else if (User->getParent() != HomeBlock)
      Worklist.push_back(Numbers.lookup(User->getParent()));
  }
  drain(Home);
  llvm::sort(Crossed);
  return Crossed;
}

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
  ValueWalker W(C);
  forEachValue(C.F, [&](Value &V) {
    SmallVector<unsigned, 4> Points = W.walk(V);
    if (!Points.empty())
      Crossing.insert({&V, Points});
  });
  return Crossing;
}

ResumeNeeds::ResumeNeeds(const Coroutine &C)
    : Walker(std::make_unique<ValueWalker>(C, /*StopsAtResume=*/true)) {}

ResumeNeeds::~ResumeNeeds() = default;

SmallVector<unsigned, 4> ResumeNeeds::of(const Value &V,
                                         ArrayRef<const BasicBlock *> UsedIn) {
  return Walker->walk(V, UsedIn);
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
