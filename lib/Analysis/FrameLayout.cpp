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
// Which of them conflict, and what place each gets, is decided in
// ObjectOffsets.cpp.
//
//===----------------------------------------------------------------------===//

#include "Analysis/FrameLayout.h"
#include "Analysis/FrameProblems.h"
#include "IR/Parts.h"
#include "coro/abi.h"
#include "llvm/IR/DataLayout.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace coro {

static uint64_t variableSize(const AllocaInst &A, const DataLayout &DL) {
  if (Function *Callee = childOf(A))
    if (std::optional<CalledFrame> Called = calledFrame(*Callee))
      return Called->Size;
  std::optional<TypeSize> Size = A.getAllocationSize(DL);
  return Size && !Size->isScalable() ? Size->getFixedValue() : 0;
}

static uint64_t variableAlign(const AllocaInst &A) {
  if (Function *Callee = childOf(A))
    if (std::optional<CalledFrame> Called = calledFrame(*Callee))
      return Called->Align;
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
  StoredTypes Types(C, !Opts.NoRemat && !Opts.SpillAll);
  for (const auto &[V, Points] : Crossing) {
    if (auto *I = dyn_cast<Instruction>(V); I && Recomputed.contains(I))
      continue;
    StoredType Stored = Types.typeOf(*V, Points);
    Index[V] = Objects.size();
    Objects.push_back({V, DL.getTypeAllocSize(Stored.Type).getFixedValue(),
                       DL.getABITypeAlign(Stored.Type).value(), 0, Stored});
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
    Objects.push_back({A, variableSize(*A, DL), variableAlign(*A), 0,
                       StoredType{nullptr}, V});
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

/// How the places that do not depend on the body have to be aligned.
static uint64_t signatureAlign(const Coroutine &C) {
  uint64_t Align = std::max<uint64_t>(resultPlace(C.F).Align, C.stateBytes());
  Align = std::max(Align, exchangeArea(C.F).Align);
  if (auto Error = exchangePlace(C.F, Exchange::Error))
    Align = std::max(Align, Error->Align);
  if (C.F.isVarArg())
    Align = std::max<uint64_t>(
        Align, C.F.getParent()->getDataLayout().getPointerSize());
  return Align;
}

void FrameLayout::settle(const Coroutine &C) {
  ExchangeArea Traded = exchangeArea(C.F);
  ResultPlace End = endArea(C.F);
  uint64_t Size = std::max(uint64_t(C.stateBytes()), Traded.End);
  if (End.Size)
    Size = std::max(Size, End.Offset + End.Size);
  if (C.F.isVarArg()) {
    const DataLayout &DL = C.F.getParent()->getDataLayout();
    Size = std::max<uint64_t>(Size,
                              variadicContextOffset(DL) + DL.getPointerSize());
  }
  uint64_t Align = Called.Align;
  for (const FrameObject &Object : Objects) {
    Size = std::max(Size, Object.Offset + Object.Size);
    Align = std::max(Align, Object.Align);
  }
  // Where it is part of another frame, something else may follow at once.
  Called = {Size, Align, 0};
  BoundArguments Bound(C);
  Facts.Align = std::max(Align, Bound.Align);
  Facts.Size = alignTo(std::max(Size, Bound.End), Facts.Align);
}

/// What is alive of an object's bytes at a suspension.
static uint64_t bytesAlive(const FrameObject &Object) {
  if (auto *A = dyn_cast<AllocaInst>(Object.What))
    if (Function *Callee = childOf(*A))
      if (std::optional<CalledFrame> Inner = calledFrame(*Callee))
        return Inner->MostAlive;
  return Object.Size;
}

void FrameLayout::countAlive(const Coroutine &C) {
  uint64_t State = C.stateBytes();
  ExchangeArea Traded = exchangeArea(C.F);
  for (auto [Alive, Point] : zip_equal(AtPoint, C.Points)) {
    uint64_t Bytes = State + Traded.End - Traded.Begin;
    for (unsigned Object : Alive.set_bits())
      Bytes += bytesAlive(Objects[Object]);
    // The one state says the child's too.
    if (Point.Direct)
      Bytes -= Point.childStates().bytes();
    Called.MostAlive = std::max(Called.MostAlive, Bytes);
  }
  uint64_t Waiting = State;
  for (const BoundArgument &A : BoundArguments(C).Arguments)
    Waiting += A.Size;
  uint64_t Ended = Facts.ResultSize;
  if (auto Error = exchangePlace(C.F, Exchange::Error))
    Ended = std::max(Ended, Error->Size);
  MostAlive = std::max({Called.MostAlive, Waiting, State + Ended});
}

FrameLayout::FrameLayout(const Coroutine &C, const Options &Opts)
    : Crossing(Opts.SpillAll ? allValues(C) : crossingValues(C)),
      Recomputed(rematerialisable(Crossing, !Opts.NoRemat && !Opts.SpillAll)),
      Memory(C), Facts{0, 1, 0, 0}, Called{0, 1, 0} {
  ResultPlace Result = resultPlace(C.F);
  Facts = {0, Result.Align, Result.Offset, Result.Size};
  Problems = findFrameProblems(C, *this);
  if (!Problems.empty())
    return;
  collect(C, Opts);
  Called.Align = signatureAlign(C);
  place(C, Opts);
  settle(C);
  countAlive(C);
}

} // namespace coro
