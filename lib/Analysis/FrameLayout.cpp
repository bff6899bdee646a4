//===-- FrameLayout.cpp - Coroutine in, offsets out -----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Question: what is in the frame of a coroutine, and where? Two callers ask:
// the transform, and the front end when a program says sizeof(coro_task(f));
// their answers must agree, so this looks at nothing but the function in
// expanded form and the frames of its callees.
//
//   offset 0            the state index, 1, 2 or 4 bytes
//   ResultOffset        the result, once done, or an error: fixed by the
//                       signature
//   anywhere            values that cross a suspension, variables alive at one
//                       or whose address is kept over one, callees' frames
//
// A value is in its slot only while suspended, so it conflicts with what is
// alive at the same suspensions. A variable lives in the frame from its first
// to its last moment, so it conflicts with every other one that has a moment in
// common.
//
//===----------------------------------------------------------------------===//

#include "Analysis/FrameLayout.h"
#include "Analysis/Colouring.h"
#include "Analysis/FrameProblems.h"
#include "IR/Parts.h"
#include "coro/abi.h"
#include "llvm/IR/DataLayout.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace coro {

BoundArguments::BoundArguments(const Function &F)
    : End(CORO_RESULT_MIN_OFFSET), Align(1) {
  const DataLayout &DL = F.getParent()->getDataLayout();
  for (unsigned Index : passedParameters(F)) {
    const Argument &A = *F.getArg(Index);
    Type *T = A.hasByValAttr() ? A.getParamByValType() : A.getType();
    if (DL.getTypeAllocSize(T).isScalable())
      continue;
    uint64_t Needed = DL.getABITypeAlign(T).value();
    if (A.hasByValAttr())
      Needed = std::max(Needed, A.getParamAlign().valueOrOne().value());
    uint64_t Size = DL.getTypeAllocSize(T).getFixedValue();
    End = alignTo(End, Needed);
    Arguments.push_back({Index, End, Size, Needed});
    End += Size;
    Align = std::max(Align, Needed);
  }
}

static uint64_t variableSize(const AllocaInst &A, const DataLayout &DL) {
  if (Function *Callee = childOf(A))
    if (std::optional<FrameFacts> Facts = frameFacts(*Callee))
      return Facts->Size;
  std::optional<TypeSize> Size = A.getAllocationSize(DL);
  return Size && !Size->isScalable() ? Size->getFixedValue() : 0;
}

static uint64_t variableAlign(const AllocaInst &A) {
  if (Function *Callee = childOf(A))
    if (std::optional<FrameFacts> Facts = frameFacts(*Callee))
      return Facts->Align;
  return A.getAlign().value();
}

/// Variables whose address is itself kept over a suspension, in a value that is
/// stored: the address must stay true.
static BitVector addressesKept(const CrossingMap &Crossing,
                               const RematSet &Recomputed,
                               const MemoryUses &Uses) {
  BitVector Kept(Uses.Variables.size());
  for (const auto &[V, Points] : Crossing) {
    (void)Points;
    if (auto *I = dyn_cast<Instruction>(V); I && Recomputed.contains(I))
      continue;
    auto It = Uses.Derived.find(V);
    if (It != Uses.Derived.end())
      for (unsigned Variable : It->second)
        Kept.set(Variable);
  }
  return Kept;
}

void FrameLayout::collect(const Coroutine &C, const Options &Opts) {
  const DataLayout &DL = C.F.getParent()->getDataLayout();
  DenseMap<const Value *, unsigned> Index;
  for (const auto &[V, Points] : Crossing) {
    (void)Points;
    if (auto *I = dyn_cast<Instruction>(V); I && Recomputed.contains(I))
      continue;
    TypeSize Size = DL.getTypeAllocSize(V->getType());
    Index[V] = Objects.size();
    Objects.push_back({V, Size.isScalable() ? 0 : Size.getFixedValue(),
                       DL.getABITypeAlign(V->getType()).value(), 0});
  }
  NumValues = Objects.size();

  BitVector Wanted = addressesKept(Crossing, Recomputed, Memory.Uses);
  for (const BitVector &Alive : Memory.AtPoint)
    Wanted |= Alive;
  if (Opts.SpillAll)
    Wanted.set();
  for (unsigned V = 0; V < Memory.Uses.Variables.size(); ++V) {
    AllocaInst *A = Memory.Uses.Variables[V];
    // The place of the result is in the frame whether or not it is suspended.
    if (!A->isStaticAlloca() ||
        !(Wanted[V] || isResultSlot(*A) || isErrorSlot(*A)))
      continue;
    Index[A] = Objects.size();
    Objects.push_back({A, variableSize(*A, DL), variableAlign(*A), 0});
  }

  AtPoint.assign(C.Points.size(), BitVector(Objects.size()));
  for (const auto &[V, Points] : Crossing)
    if (auto It = Index.find(V); It != Index.end())
      for (unsigned Point : Points)
        AtPoint[Point].set(It->second);
  for (unsigned Point = 0; Point < C.Points.size(); ++Point) {
    for (unsigned V : Memory.AtPoint[Point].set_bits())
      if (auto It = Index.find(Memory.Uses.Variables[V]); It != Index.end())
        AtPoint[Point].set(It->second);
    if (Opts.SpillAll)
      AtPoint[Point].set(NumValues, Objects.size());
  }
}

/// Frames of children whose state index may lie in the bytes of the function's
/// own. One of the two is asked for at a time: the child's by the function,
/// when the child has just suspended, and then its own by whoever resumes it.
static SmallPtrSet<const Value *, 4> shareState(const Coroutine &C) {
  SmallPtrSet<const Value *, 4> Shares, Not;
  for (const SuspendPoint &Point : C.Points)
    if (Point.child() && Point.Direct &&
        Point.childStates().bytes() == C.stateBytes())
      Shares.insert(Point.child());
    else if (Point.child())
      Not.insert(Point.child());
  for (const Value *Frame : Not)
    Shares.erase(Frame);
  return Shares;
}

void FrameLayout::place(const Coroutine &C, const Options &Opts) {
  unsigned Size = Objects.size();
  std::vector<BitVector> Conflicts(Size, BitVector(Size));
  const BitVector *Last = nullptr;
  for (const BitVector &Alive : AtPoint) {
    // Neighbouring suspensions often keep the same things.
    if (!Last || *Last != Alive)
      for (unsigned Object : Alive.set_bits())
        Conflicts[Object] |= Alive;
    Last = &Alive;
  }
  DenseMap<const Value *, unsigned> VariableObject;
  for (unsigned I = NumValues; I < Size; ++I)
    VariableObject[Objects[I].What] = I;
  for (unsigned V = 0; V < Memory.Uses.Variables.size(); ++V) {
    auto Own = VariableObject.find(Memory.Uses.Variables[V]);
    if (Own == VariableObject.end())
      continue;
    for (unsigned W : Memory.Conflicts[V].set_bits()) {
      auto Other = VariableObject.find(Memory.Uses.Variables[W]);
      if (Other != VariableObject.end())
        Conflicts[Own->second].set(Other->second);
    }
    // Bytes can be shared with another variable only where it can be said when
    // a life begins, see PlaceFrame; unoptimised code needs no such care.
    if (!C.F.hasOptNone() && !Memory.Uses.hasBeginning(V))
      for (unsigned Other = NumValues; Other < Size; ++Other) {
        Conflicts[Own->second].set(Other);
        Conflicts[Other].set(Own->second);
      }
  }
  SmallPtrSet<const Value *, 4> Shares = shareState(C);
  std::vector<StorageItem> Items;
  for (const FrameObject &Object : Objects) {
    std::optional<uint64_t> Fixed;
    auto *A = dyn_cast<AllocaInst>(Object.What);
    if (A && isResultSlot(*A))
      Fixed = Facts.ResultOffset;
    if (A && isErrorSlot(*A))
      Fixed = exchangePlace(C.F, Exchange::Error)->Offset;
    Items.push_back(
        {Object.Size, Object.Align, Fixed, Shares.contains(Object.What)});
  }
  // A value that is handed out or taken in lies there while the function is
  // suspended, whatever else it keeps.
  ExchangeArea Traded = exchangeArea(C.F);
  if (Traded.End) {
    Items.push_back({Traded.End - Traded.Begin, Traded.Align, Traded.Begin});
    for (BitVector &Row : Conflicts)
      Row.resize(Items.size(), true);
    Conflicts.emplace_back(Items.size(), true);
  }
  if (Opts.NoOverlay || Opts.SpillAll)
    for (BitVector &Row : Conflicts)
      Row.set();
  for (unsigned I = 0; I < Items.size(); ++I)
    Conflicts[I].reset(I);
  std::vector<uint64_t> Offsets =
      assignOffsets(Items, Conflicts, C.stateBytes());
  for (unsigned I = 0; I < Size; ++I)
    Objects[I].Offset = Offsets[I];
}

void FrameLayout::settle(const Coroutine &C) {
  BoundArguments Bound(C.F);
  ExchangeArea Traded = exchangeArea(C.F);
  ResultPlace End = endArea(C.F);
  uint64_t Size = std::max(
      {uint64_t(C.stateBytes()), Bound.End, Traded.End, End.Offset + End.Size});
  if (auto Error = exchangePlace(C.F, Exchange::Error))
    Facts.Align = std::max(Facts.Align, Error->Align);
  Facts.Align = std::max(Facts.Align, Traded.Align);
  if (C.F.isVarArg()) {
    const DataLayout &DL = C.F.getParent()->getDataLayout();
    Size = std::max<uint64_t>(Size,
                              variadicContextOffset(DL) + DL.getPointerSize());
    Facts.Align = std::max<uint64_t>(Facts.Align, DL.getPointerSize());
  }
  for (const FrameObject &Object : Objects) {
    Size = std::max(Size, Object.Offset + Object.Size);
    Facts.Align = std::max(Facts.Align, Object.Align);
  }
  Facts.Align = std::max({Facts.Align, Bound.Align, uint64_t(C.stateBytes())});
  Facts.Size = alignTo(Size, Facts.Align);
}

FrameLayout::FrameLayout(const Coroutine &C, const Options &Opts)
    : Crossing(Opts.SpillAll ? allValues(C) : crossingValues(C)),
      Recomputed(rematerialisable(Crossing, !Opts.NoRemat && !Opts.SpillAll)),
      Memory(C), Facts{0, 1, 0, 0} {
  ResultPlace Result = resultPlace(C.F);
  Facts = {0, Result.Align, Result.Offset, Result.Size};
  Problems = findFrameProblems(C, *this);
  if (!Problems.empty())
    return;
  collect(C, Opts);
  place(C, Opts);
  settle(C);
}

} // namespace coro
