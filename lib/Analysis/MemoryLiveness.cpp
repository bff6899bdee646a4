//===-- MemoryLiveness.cpp - Where variables are alive --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Question: at which moments do the bytes of a variable matter? Two variables
// that never matter at the same moment may share bytes of the frame, and one
// that matters at no suspension need not be in it.
//
//     char a[64]; fill(a); use(a);  }     a matters between fill and use; if
//     { coro_suspend(); }                 `fill` may keep the address, until
//                                         the end of a's lifetime
//
// Per variable and moment:
//   written   it may have been written, or given away, since its lifetime began
//   known     its address may have been given away since then
//   needed    what it holds may still be read by the function itself
//   alive     written and (needed or known)
//
// `written` and `known` flow forwards (merge: or), `needed` backwards. A
// lifetime marker resets all three; where there is none, as at -O0, a variable
// whose address was given away is alive to the end of the function. Two
// variables conflict if one is touched while the other is alive: two that are
// alive can only have come to be so with one of them touched last.
//
// Invalidated by any change to blocks or instructions.
//
//===----------------------------------------------------------------------===//

#include "Analysis/MemoryLiveness.h"
#include "llvm/ADT/PostOrderIterator.h"
#include "llvm/IR/CFG.h"

using namespace llvm;

namespace coro {

namespace {
struct BlockState {
  // What the block does to what flows through it.
  BitVector WrittenGen, WrittenKill, KnownGen, KnownKill, NeededGen, NeededKill;
  BitVector ScopeGen, ScopeKill;
  // What holds at its start, and for `needed` at its end.
  BitVector Written, Known, Scope, NeededOut;

  void resize(unsigned N) {
    for (BitVector *V : {&WrittenGen, &WrittenKill, &KnownGen, &KnownKill,
                         &NeededGen, &NeededKill, &ScopeGen, &ScopeKill,
                         &Written, &Known, &Scope, &NeededOut})
      V->resize(N);
  }
};

/// What holds between two instructions. A variable may cease to be alive
/// without an event of its own, where only another path needed it; it stays in
/// Alive a little longer, which is safe.
struct Moment {
  BitVector Written, Known, Needed, Alive;

  Moment(const BlockState &AtStart, BitVector NeededAtStart)
      : Written(AtStart.Written), Known(AtStart.Known),
        Needed(std::move(NeededAtStart)), Alive(Needed) {
    Alive |= Known;
    Alive &= Written;
  }

  void pass(const MemoryEvent &E) {
    if (E.Effects & (Begins | Ends)) {
      Written.reset(E.Variable);
      Known.reset(E.Variable);
    }
    if (E.Effects & (Writes | Escapes))
      Written.set(E.Variable);
    if (E.Effects & Escapes)
      Known.set(E.Variable);
    Alive[E.Variable] =
        Written[E.Variable] && (Needed[E.Variable] || Known[E.Variable]);
  }
};
} // namespace

class MemoryFlow {
  const Coroutine &C;
  MemoryLiveness &Result;
  unsigned Size;
  std::vector<const BasicBlock *> Order; // reverse post-order
  DenseMap<const BasicBlock *, BlockState> States;

  ArrayRef<MemoryEvent> events(const Instruction &I) const {
    auto It = Result.Uses.Events.find(&I);
    return It == Result.Uses.Events.end() ? ArrayRef<MemoryEvent>()
                                          : ArrayRef<MemoryEvent>(It->second);
  }

  static void set(BitVector &On, BitVector &Off, unsigned Bit) {
    On.set(Bit);
    Off.reset(Bit);
  }

  void summarise(const BasicBlock &Block, BlockState &S);
  void flowForwards();
  void flowBackwards();
  SmallVector<BitVector, 8> neededBackwards(const BasicBlock &Block) const;
  BitVector pass(ArrayRef<MemoryEvent> Events, Moment &Now);
  void visit(const BasicBlock &Block);

public:
  MemoryFlow(const Coroutine &C, MemoryLiveness &Result);
  void run();
};

MemoryFlow::MemoryFlow(const Coroutine &C, MemoryLiveness &Result)
    : C(C), Result(Result), Size(Result.Uses.Variables.size()) {
  for (const BasicBlock *Block : ReversePostOrderTraversal<Function *>(&C.F))
    Order.push_back(Block);
}

void MemoryFlow::summarise(const BasicBlock &Block, BlockState &S) {
  for (const Instruction &I : Block)
    for (const MemoryEvent &E : events(I)) {
      if (E.Effects & (Begins | Ends)) {
        set(S.WrittenKill, S.WrittenGen, E.Variable);
        set(S.KnownKill, S.KnownGen, E.Variable);
        if (E.Effects & Begins)
          set(S.ScopeGen, S.ScopeKill, E.Variable);
        else
          set(S.ScopeKill, S.ScopeGen, E.Variable);
      }
      if (E.Effects & (Writes | Escapes))
        set(S.WrittenGen, S.WrittenKill, E.Variable);
      if (E.Effects & Escapes)
        set(S.KnownGen, S.KnownKill, E.Variable);
    }
  for (const Instruction &I : reverse(Block))
    for (const MemoryEvent &E : events(I)) {
      if (E.Effects & (Begins | Ends | Overwrites))
        set(S.NeededKill, S.NeededGen, E.Variable);
      if (E.Effects & (Reads | Escapes))
        set(S.NeededGen, S.NeededKill, E.Variable);
    }
}

/// Out = (In - Kill) | Gen.
static BitVector transfer(const BitVector &In, const BitVector &Gen,
                          const BitVector &Kill) {
  BitVector Out = In;
  Out.reset(Kill);
  Out |= Gen;
  return Out;
}

static bool addTo(BitVector &Into, const BitVector &More) {
  if (!More.test(Into))
    return false;
  Into |= More;
  return true;
}

void MemoryFlow::flowForwards() {
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (const BasicBlock *Block : Order) {
      BlockState &S = States[Block];
      BitVector Written = transfer(S.Written, S.WrittenGen, S.WrittenKill);
      BitVector Known = transfer(S.Known, S.KnownGen, S.KnownKill);
      BitVector Scope = transfer(S.Scope, S.ScopeGen, S.ScopeKill);
      for (const BasicBlock *Next : successors(Block)) {
        BlockState &To = States[Next];
        Changed |= addTo(To.Written, Written);
        Changed |= addTo(To.Known, Known);
        Changed |= addTo(To.Scope, Scope);
      }
    }
  }
}

void MemoryFlow::flowBackwards() {
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (const BasicBlock *Block : reverse(Order)) {
      BlockState &S = States[Block];
      BitVector Needed = transfer(S.NeededOut, S.NeededGen, S.NeededKill);
      for (const BasicBlock *Previous : predecessors(Block))
        if (auto It = States.find(Previous); It != States.end())
          Changed |= addTo(It->second.NeededOut, Needed);
    }
  }
}

/// What is needed after each instruction that has events, the last first, and
/// then what is needed at the start of the block.
SmallVector<BitVector, 8>
MemoryFlow::neededBackwards(const BasicBlock &Block) const {
  SmallVector<BitVector, 8> After = {States.find(&Block)->second.NeededOut};
  for (const Instruction &I : reverse(Block)) {
    if (events(I).empty())
      continue;
    BitVector Needed = After.back();
    for (const MemoryEvent &E : events(I)) {
      if (E.Effects & (Begins | Ends | Overwrites))
        Needed.reset(E.Variable);
      if (E.Effects & (Reads | Escapes))
        Needed.set(E.Variable);
    }
    After.push_back(std::move(Needed));
  }
  return After;
}

/// Goes past one instruction and answers what is in use during it: all that it
/// touches at once, together with what is alive before it or after it.
BitVector MemoryFlow::pass(ArrayRef<MemoryEvent> Events, Moment &Now) {
  BitVector During = Now.Alive;
  for (const MemoryEvent &E : Events) {
    Now.pass(E);
    if (!(E.Effects & (Begins | Ends)) || Now.Alive[E.Variable])
      During.set(E.Variable);
  }
  for (const MemoryEvent &E : Events)
    if (!(E.Effects & (Begins | Ends)))
      Result.Conflicts[E.Variable] |= During;
  return During;
}

/// Walks a block with the state before and after each instruction.
void MemoryFlow::visit(const BasicBlock &Block) {
  const BlockState &S = States[&Block];
  SmallVector<BitVector, 8> Needed = neededBackwards(Block);
  Moment Now(S, Needed.pop_back_val());
  if (auto It = C.PointOfSuspend.find(&Block); It != C.PointOfSuspend.end()) {
    Result.AtPoint[It->second] = Now.Alive;
    Result.ScopeCrosses |= S.Scope;
  }
  BitVector &Somewhere = Result.InBlock[&Block];
  Somewhere = Now.Alive;
  for (const Instruction &I : Block) {
    if (events(I).empty())
      continue;
    Now.Needed = Needed.pop_back_val();
    Somewhere |= pass(events(I), Now);
  }
}

void MemoryFlow::run() {
  if (!Size)
    return;
  States.reserve(Order.size());
  for (const BasicBlock *Block : Order)
    States[Block].resize(Size);
  for (const BasicBlock *Block : Order)
    summarise(*Block, States[Block]);
  flowForwards();
  flowBackwards();
  for (const BasicBlock *Block : Order)
    visit(*Block);
  for (unsigned A = 0; A < Size; ++A)
    for (unsigned B : Result.Conflicts[A].set_bits())
      Result.Conflicts[B].set(A);
  for (unsigned A = 0; A < Size; ++A)
    Result.Conflicts[A].reset(A);
}

MemoryLiveness::MemoryLiveness(const Coroutine &C)
    : Uses(C.F, [](const AllocaInst &) { return true; }) {
  unsigned Size = Uses.Variables.size();
  AtPoint.assign(C.Points.size(), BitVector(Size));
  Conflicts.assign(Size, BitVector(Size));
  ScopeCrosses.resize(Size);
  MemoryFlow(C, *this).run();
}

} // namespace coro
