//===-- MemoryUses.cpp - What is done to each variable, in order ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Question: which instructions read, write or give away a variable? Addresses
// are followed through member access, casts, phis and selects; whatever else
// happens to one gives it away, and from then on anybody may read and write the
// variable until its lifetime ends.
//
// It does not decide where a variable is alive: MemoryLiveness does, from these
// events. Missing lifetime markers make it later than need be, never wrong.
//
//===----------------------------------------------------------------------===//

#include "Analysis/MemoryUses.h"
#include "IR/Facts.h"
#include "Support/Compat.h"
#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/DataLayout.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace coro {

void MemoryUses::addEvent(const Instruction *I, unsigned Variable,
                          unsigned Effects) {
  if (Effects & Begins)
    Beginnings.insert(Variable);
  SmallVector<MemoryEvent, 1> &List = Events[I];
  for (MemoryEvent &Event : List)
    if (Event.Variable == Variable) {
      Event.Effects |= Effects;
      return;
    }
  List.push_back({Variable, Effects});
}

/// Whether an access of Size bytes at the variable's own address covers it.
static bool covers(const AllocaInst &A, TypeSize Size) {
  std::optional<TypeSize> Whole =
      A.getAllocationSize(A.getModule()->getDataLayout());
  return Whole && !Whole->isScalable() && !Size.isScalable() &&
         Size.getFixedValue() >= Whole->getFixedValue();
}

static unsigned intrinsicEffects(const IntrinsicInst &Call, const Use &U,
                                 const AllocaInst &A) {
  switch (Call.getIntrinsicID()) {
  case Intrinsic::lifetime_start:
    return U.get() == &A ? Begins : NoEffect;
  case Intrinsic::lifetime_end:
    return U.get() == &A ? Ends : NoEffect;
  case Intrinsic::vastart:
    return Writes;
  case Intrinsic::vaend:
    // Reads nothing, and nobody may use the va_list afterwards.
    return Ends;
  case Intrinsic::vacopy:
    return U.getOperandNo() == 0 ? Writes : Reads;
  case Intrinsic::assume:
    return NoEffect;
  default:
    break;
  }
  // -Og: the debugger may look at it, which is no reason to keep it.
  if (Call.getCalledFunction()->getName() == "llvm.fake.use")
    return NoEffect;
  if (isa<MemIntrinsic>(Call) && U.getOperandNo() < 2) {
    if (U.getOperandNo() == 1)
      return Reads;
    const auto *Length = dyn_cast<ConstantInt>(Call.getArgOperand(2));
    bool Whole = Length && U.get() == &A && !Call.isVolatile() &&
                 covers(A, TypeSize::getFixed(Length->getZExtValue()));
    return Whole ? Writes | Overwrites : Writes;
  }
  return Reads | Writes | Escapes;
}

static unsigned callEffects(const CallBase &Call, const Use &U,
                            const AllocaInst &A) {
  if (const auto *Intrinsic = dyn_cast<IntrinsicInst>(&Call))
    return intrinsicEffects(*Intrinsic, U, A);
  if (!Call.isArgOperand(&U))
    return Reads | Writes | Escapes;
  unsigned Index = Call.getArgOperandNo(&U);
  if (Call.isByValArgument(Index))
    return Reads;
  // A struct result's place is written by the callee and never kept: C gives
  // the callee no name for it.
  if (isStructResult(Call.getAttributes(), Index) && !childOf(A))
    return Writes;
  return Reads | Writes | Escapes;
}

/// Another address of the same variable, as the end of a loop over an array.
static bool isInside(const Value *Address, const AllocaInst &A) {
  return getUnderlyingObject(Address) == &A;
}

static unsigned effectsOf(const Use &U, const AllocaInst &A) {
  const auto *I = cast<Instruction>(U.getUser());
  const DataLayout &DL = A.getModule()->getDataLayout();
  if (isa<LoadInst>(I) || isa<VAArgInst>(I))
    return isa<LoadInst>(I) ? Reads : Reads | Writes;
  if (const auto *Store = dyn_cast<StoreInst>(I)) {
    if (U.getOperandNo() != StoreInst::getPointerOperandIndex())
      return Escapes | Reads | Writes;
    bool Whole =
        U.get() == &A &&
        covers(A, DL.getTypeStoreSize(Store->getValueOperand()->getType()));
    return Whole ? Writes | Overwrites : Writes;
  }
  if (isa<AtomicRMWInst>(I) && U.getOperandNo() == 0)
    return Reads | Writes;
  if (isa<AtomicCmpXchgInst>(I) && U.getOperandNo() == 0)
    return Reads | Writes;
  if (const auto *Compare = dyn_cast<ICmpInst>(I))
    return isa<ConstantPointerNull>(
               Compare->getOperand(1 - U.getOperandNo())) ||
                   isInside(Compare->getOperand(1 - U.getOperandNo()), A)
               ? NoEffect
               : Reads | Writes | Escapes;
  if (const auto *Call = dyn_cast<CallBase>(I))
    return callEffects(*Call, U, A);
  return Reads | Writes | Escapes;
}

static bool yieldsAddress(const Instruction *I, const Use &U) {
  if (isa<GetElementPtrInst>(I))
    return U.getOperandNo() == 0 && I->getType()->isPointerTy();
  return isa<AddrSpaceCastInst>(I) || isa<PHINode>(I) ||
         (isa<BitCastInst>(I) && I->getType()->isPointerTy()) ||
         (isa<SelectInst>(I) && U.getOperandNo() > 0) || isa<FreezeInst>(I);
}

void MemoryUses::trace(unsigned Variable) {
  AllocaInst &A = *Variables[Variable];
  SmallPtrSet<const Value *, 8> Seen;
  SmallVector<const Value *, 8> Worklist = {&A};
  while (!Worklist.empty()) {
    const Value *Address = Worklist.pop_back_val();
    for (const Use &U : Address->uses()) {
      const auto *I = cast<Instruction>(U.getUser());
      if (yieldsAddress(I, U)) {
        if (Seen.insert(I).second) {
          Derived[I].push_back(Variable);
          Worklist.push_back(I);
        }
        continue;
      }
      if (unsigned Effects = effectsOf(U, A))
        addEvent(I, Variable, Effects);
    }
  }
}

/// A variable-length array is new each time it is made, and gone where the
/// stack is restored to what it was before.
void MemoryUses::addStackEvents(Function &F) {
  SmallVector<unsigned, 4> Dynamic;
  for (unsigned I = 0; I < Variables.size(); ++I)
    if (!Variables[I]->isStaticAlloca()) {
      Dynamic.push_back(I);
      addEvent(Variables[I], I, Begins);
    }
  if (Dynamic.empty())
    return;
  DominatorTree DT(F);
  for (Instruction &I : instructions(F)) {
    auto *Restore = dyn_cast<IntrinsicInst>(&I);
    if (!Restore || Restore->getIntrinsicID() != Intrinsic::stackrestore)
      continue;
    auto *Saved = dyn_cast<IntrinsicInst>(Restore->getArgOperand(0));
    if (!Saved || Saved->getIntrinsicID() != Intrinsic::stacksave)
      continue;
    for (unsigned V : Dynamic)
      if (DT.dominates(Saved, Variables[V]))
        addEvent(Restore, V, Ends);
  }
}

MemoryUses::MemoryUses(Function &F,
                       function_ref<bool(const AllocaInst &)> Wanted) {
  for (Instruction &I : instructions(F))
    if (auto *A = dyn_cast<AllocaInst>(&I); A && Wanted(*A))
      Variables.push_back(A);
  addStackEvents(F);
  for (unsigned I = 0; I < Variables.size(); ++I) {
    trace(I);
    if (!isResultSlot(*Variables[I]) && !isErrorSlot(*Variables[I]))
      continue;
    // These places are read by whoever waits for the function.
    for (BasicBlock &Block : F)
      if (auto *Return = dyn_cast<ReturnInst>(Block.getTerminator()))
        addEvent(Return, I, Reads);
  }
}

} // namespace coro
