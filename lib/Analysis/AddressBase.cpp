//===-- AddressBase.cpp - What an address can only point into -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Question: is an address always one inside of the same object?
//
//     char line[80], *p = line;
//     while (...)                       %p = phi [ %line ], [ %next ]
//       p++;                            %next = getelementptr inbounds %p, 1
//
// Backwards through members, phis and selects to where the address comes from:
// it must be one variable, or one global, and every step must stay inside of
// what it started from, or be poison. An address that may be null is of no one
// object, nor is one that was loaded.
//
//===----------------------------------------------------------------------===//

#include "Analysis/AddressBase.h"
#include "IR/Facts.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/IR/GlobalVariable.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Module.h"
#include "llvm/IR/Operator.h"

using namespace llvm;

namespace coro {

/// How far a walk goes before it gives up.
static constexpr unsigned MaxSteps = 32;

/// What V is computed from; false where it comes from elsewhere.
static bool addOrigins(Value &V, SmallVectorImpl<Value *> &Origins) {
  if (auto *Step = dyn_cast<GEPOperator>(&V)) {
    if (!Step->isInBounds() || !Step->getType()->isPointerTy())
      return false;
    Origins.push_back(Step->getPointerOperand());
    return true;
  }
  if (auto *Phi = dyn_cast<PHINode>(&V)) {
    append_range(Origins, Phi->incoming_values());
    return true;
  }
  if (auto *Select = dyn_cast<SelectInst>(&V)) {
    Origins.push_back(Select->getTrueValue());
    Origins.push_back(Select->getFalseValue());
    return true;
  }
  return false;
}

/// The largest distance inside of an object; 0 where that is not known.
static uint64_t sizeOf(Value &Object) {
  if (auto *A = dyn_cast<AllocaInst>(&Object)) {
    if (!A->isStaticAlloca() || childOf(*A))
      return 0;
    std::optional<TypeSize> Size =
        A->getAllocationSize(A->getModule()->getDataLayout());
    return Size && !Size->isScalable() ? Size->getFixedValue() : 0;
  }
  // A declaration need not say how large a global is; but the code model does.
  auto *Global = dyn_cast<GlobalVariable>(&Object);
  if (!Global || Global->isThreadLocal() ||
      Global->getParent()->getCodeModel().value_or(CodeModel::Small) !=
          CodeModel::Small)
    return 0;
  Type *T = Global->getValueType();
  const DataLayout &DL = Global->getParent()->getDataLayout();
  bool Huge = T->isSized() &&
              DL.getTypeAllocSize(T).getKnownMinValue() > uint64_t(INT32_MAX);
  return Huge ? 0 : INT32_MAX;
}

AddressBase baseOf(Value &V) {
  SmallPtrSet<Value *, 8> Seen = {&V};
  SmallVector<Value *, 8> Worklist = {&V};
  Value *Object = nullptr;
  while (!Worklist.empty()) {
    Value *At = Worklist.pop_back_val();
    SmallVector<Value *, 4> Origins;
    if (!addOrigins(*At, Origins)) {
      if (Object && At != Object)
        return {};
      Object = At;
      continue;
    }
    for (Value *Origin : Origins)
      if (Seen.insert(Origin).second)
        Worklist.push_back(Origin);
    if (Seen.size() > MaxSteps)
      return {};
  }
  uint64_t Distance = Object ? sizeOf(*Object) : 0;
  if (!Distance || Object->getType() != V.getType())
    return {};
  return {Object, Distance};
}

} // namespace coro
