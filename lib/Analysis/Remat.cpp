//===-- Remat.cpp - What is cheaper to recompute than to store ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Question: which values that cross a suspension can be had again from others
// that cross it, or from nothing?
//
//     %p = getelementptr %v, 8       v is in the frame, so p is an addition
//     %w = zext i32 %n to i64        free where n crosses wherever w does
//
// Only pure arithmetic that cannot trap and costs about one instruction, and
// loads from globals that are constant: the load has been made before on any
// way here, so the address is good. No other loads (memory changes meanwhile),
// calls (their results may depend on the thread), freeze and anything with an
// undefined operand (each evaluation might differ).
//
//===----------------------------------------------------------------------===//

#include "Analysis/Remat.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/GlobalVariable.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/IntrinsicInst.h"

using namespace llvm;

namespace coro {

/// A load of what nobody may write.
static bool loadsConstant(const Instruction &I) {
  const auto *Load = dyn_cast<LoadInst>(&I);
  if (!Load || !Load->isSimple() || Load->getType()->isVectorTy())
    return false;
  const auto *Global =
      dyn_cast<GlobalVariable>(getUnderlyingObject(Load->getPointerOperand()));
  return Global && Global->isConstant() && !Global->isThreadLocal();
}

static bool isCheap(const Instruction &I) {
  if (loadsConstant(I))
    return true;
  if (isa<GetElementPtrInst>(I))
    return true;
  if (const auto *Cast = dyn_cast<CastInst>(&I))
    return !Cast->getType()->isVectorTy() &&
           !Cast->getOperand(0)->getType()->isVectorTy() &&
           (Cast->isIntegerCast() || Cast->isNoopCast(I.getDataLayout()));
  if (I.getType()->isVectorTy())
    return false;
  switch (I.getOpcode()) {
  case Instruction::Add:
  case Instruction::Sub:
  case Instruction::And:
  case Instruction::Or:
  case Instruction::Xor:
  case Instruction::Shl:
  case Instruction::LShr:
  case Instruction::AShr:
  case Instruction::ICmp:
    return true;
  default:
    return false;
  }
}

/// Operands that are at hand after every suspension.
static bool isRoot(const Value &V) {
  if (const auto *A = dyn_cast<AllocaInst>(&V))
    return A->isStaticAlloca();
  if (const auto *C = dyn_cast<Constant>(&V))
    return isa<GlobalValue>(C) ||
           (!isa<UndefValue>(C) && !C->containsUndefOrPoisonElement());
  return false;
}

/// V crosses wherever Points says.
static bool crossesAll(const CrossingMap &Crossing, const Value *V,
                       ArrayRef<unsigned> Points) {
  auto It = Crossing.find(const_cast<Value *>(V));
  return It != Crossing.end() &&
         std::includes(It->second.begin(), It->second.end(), Points.begin(),
                       Points.end());
}

/// I can be had at each of Points, with at most Budget instructions.
static bool canRecompute(const Instruction &I, const CrossingMap &Crossing,
                         ArrayRef<unsigned> Points, unsigned &Budget) {
  if (Budget == 0 || !isCheap(I))
    return false;
  --Budget;
  for (const Value *Operand : I.operands()) {
    if (isRoot(*Operand) || crossesAll(Crossing, Operand, Points))
      continue;
    const auto *Inner = dyn_cast<Instruction>(Operand);
    if (!Inner || !canRecompute(*Inner, Crossing, Points, Budget))
      return false;
  }
  return true;
}

static void visit(Instruction *I, const CrossingMap &Crossing, RematSet &Set,
                  DenseSet<const Value *> &Seen) {
  auto Own = Crossing.find(I);
  if (Own == Crossing.end() || !Seen.insert(I).second)
    return;
  unsigned Budget = MaxRematChain;
  if (!canRecompute(*I, Crossing, Own->second, Budget))
    return;
  // So that what it is computed from stands before it in the order, if that is
  // recomputed too.
  SmallVector<Instruction *, 4> Chain = {I};
  while (!Chain.empty())
    for (Value *Operand : Chain.pop_back_val()->operands())
      if (auto *Inner = dyn_cast<Instruction>(Operand);
          Inner && !isRoot(*Inner)) {
        if (Crossing.count(Inner))
          visit(Inner, Crossing, Set, Seen);
        else
          Chain.push_back(Inner);
      }
  Set.insert(I);
}

bool isSavedStack(const Value &V) {
  if (const auto *Call = dyn_cast<IntrinsicInst>(&V))
    return Call->getIntrinsicID() == Intrinsic::stacksave;
  const auto *Phi = dyn_cast<PHINode>(&V);
  return Phi && any_of(Phi->users(), [](const User *U) {
           const auto *Call = dyn_cast<IntrinsicInst>(U);
           return Call && Call->getIntrinsicID() == Intrinsic::stackrestore;
         });
}

RematSet rematerialisable(const CrossingMap &Crossing, bool Allowed) {
  RematSet Set;
  DenseSet<const Value *> Seen;
  for (const auto &[V, Points] : Crossing) {
    (void)Points;
    auto *I = dyn_cast<Instruction>(V);
    if (!I)
      continue;
    if (isSavedStack(*I))
      Set.insert(I);
    else if (Allowed)
      visit(I, Crossing, Set, Seen);
  }
  return Set;
}

} // namespace coro
