//===-- StoredTypes.cpp - In how many bytes a value is kept ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Question: which values that cross a suspension have a range that fewer bytes
// can hold?
//
//     %w = sext i32 %n to i64          4 bytes, extended with the sign
//     for (int i = 0; i < 100; i++)    1 byte
//     if (n < 1000) { suspend; n }     2 bytes, where n is unsigned
//     char line[80], *p = line;        1 byte, the distance p - line
//
// From the arithmetic and the bounds of loops, from what a value is where it is
// computed, and from the branches that lead to each of the suspensions, of
// which the widest range counts. A suspension in a loop knows little: what its
// first turn knows, the next may not. Nothing outside of the function is looked
// at: sizeof asks a copy of the function alone.
//
// A value that is poison may be kept as anything; one of which LLVM knows a
// range for another reason has the same one behind the suspension, for what is
// loaded is what was stored.
//
// Invalidated by any change to the function.
//
//===----------------------------------------------------------------------===//

#include "Analysis/StoredTypes.h"
#include "Analysis/AddressBase.h"
#include "llvm/Analysis/AssumptionCache.h"
#include "llvm/Analysis/LazyValueInfo.h"
#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/ScalarEvolution.h"
#include "llvm/Analysis/TargetLibraryInfo.h"
#include "llvm/IR/ConstantRange.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace coro {

/// At how many suspensions the branches are asked about one value: each answer
/// may walk the function.
static constexpr unsigned MaxPointsAsked = 16;

struct StoredTypes::Analyses {
  AssumptionCache Assumptions;
  DominatorTree Dominators;
  LoopInfo Loops;
  TargetLibraryInfoImpl LibraryImpl;
  TargetLibraryInfo Library;
  ScalarEvolution Evolution;
  LazyValueInfo Ranges;

  explicit Analyses(Function &F)
      : Assumptions(F), Dominators(F), Loops(Dominators),
        LibraryImpl(Triple(F.getParent()->getTargetTriple())),
        Library(LibraryImpl),
        Evolution(F, Library, Assumptions, Dominators, Loops),
        Ranges(&Assumptions, &F.getParent()->getDataLayout()) {}

  ConstantRange atDefinition(Value &V);
  ConstantRange atPoints(const Coroutine &C, Value &V,
                         ArrayRef<unsigned> Points);
};

/// Of an argument nothing is known where it comes from.
ConstantRange StoredTypes::Analyses::atDefinition(Value &V) {
  auto *I = dyn_cast<Instruction>(&V);
  if (!I)
    return ConstantRange::getFull(V.getType()->getIntegerBitWidth());
  return Ranges.getConstantRange(I, I->getParent()->getTerminator(),
                                 /*UndefAllowed=*/false);
}

ConstantRange StoredTypes::Analyses::atPoints(const Coroutine &C, Value &V,
                                              ArrayRef<unsigned> Points) {
  unsigned Bits = V.getType()->getIntegerBitWidth();
  if (Points.size() > MaxPointsAsked)
    return ConstantRange::getFull(Bits);
  ConstantRange All = ConstantRange::getEmpty(Bits);
  for (unsigned Point : Points)
    All = All.unionWith(Ranges.getConstantRange(&V, C.Points[Point].Call,
                                                /*UndefAllowed=*/false));
  return All;
}

StoredTypes::StoredTypes(const Coroutine &C, bool Allowed)
    : C(C), Allowed(Allowed && !C.F.hasOptNone()) {}

StoredTypes::~StoredTypes() = default;

/// An address inside of a known object, as the distance from its start. Signed:
/// programs that step in front of an array are wrong, and work.
static StoredType addressType(Value &V) {
  AddressBase Base = baseOf(V);
  if (!Base.Object || Base.Distance > INT32_MAX)
    return {V.getType()};
  unsigned Bits = Base.Distance <= INT8_MAX    ? 8
                  : Base.Distance <= INT16_MAX ? 16
                                               : 32;
  const DataLayout &DL = cast<Instruction>(V).getModule()->getDataLayout();
  if (Bits >= DL.getPointerTypeSizeInBits(V.getType()))
    return {V.getType()};
  return {IntegerType::get(V.getContext(), Bits), true, Base.Object};
}

StoredType StoredTypes::typeOf(Value &V, ArrayRef<unsigned> Points) {
  if (Allowed && isa<Instruction>(V) && V.getType()->isPointerTy())
    return addressType(V);
  auto *T = dyn_cast<IntegerType>(V.getType());
  if (!Allowed || !T || T->getBitWidth() <= 8)
    return {V.getType()};
  if (!Known)
    Known = std::make_unique<Analyses>(C.F);
  ConstantRange Reached =
      Known->atPoints(C, V, Points).intersectWith(Known->atDefinition(V));
  const SCEV *Form = Known->Evolution.getSCEV(&V);
  ConstantRange Unsigned = Reached.intersectWith(
      Known->Evolution.getUnsignedRange(Form), ConstantRange::Unsigned);
  ConstantRange Signed = Reached.intersectWith(
      Known->Evolution.getSignedRange(Form), ConstantRange::Signed);
  for (unsigned Bits : {8u, 16u, 32u}) {
    if (Bits >= T->getBitWidth())
      break;
    if (Unsigned.getActiveBits() <= Bits)
      return {IntegerType::get(T->getContext(), Bits)};
    if (Signed.getMinSignedBits() <= Bits)
      return {IntegerType::get(T->getContext(), Bits), true};
  }
  return {T};
}

} // namespace coro
