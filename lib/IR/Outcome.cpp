//===-- Outcome.cpp - How a call ended, beside its result -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "IR/Outcome.h"
#include "IR/Facts.h"
#include "llvm/IR/Constants.h"

using namespace llvm;

namespace coro {

static constexpr const char *OutcomeKind = "coro.outcome";
static constexpr const char *EdgesKind = "coro.edges";
static constexpr const char *StopsKind = "coro.stops";
static constexpr const char *HeldKind = "coro.held";

bool hasOutcome(const Function &F) { return F.hasMetadata(OutcomeKind); }

void setHasOutcome(Function &F) {
  F.setMetadata(OutcomeKind, MDNode::get(F.getContext(), {}));
}

bool hasOutcome(const CallBase &Call) {
  const auto *Callee = dyn_cast<Function>(Call.getCalledOperand());
  return Callee ? hasOutcome(*Callee) : Call.hasMetadata(OutcomeKind);
}

void setHasOutcome(CallBase &Call) {
  Call.setMetadata(OutcomeKind, MDNode::get(Call.getContext(), {}));
}

bool returnsSigned(const Function &F) {
  return F.hasRetAttribute(Attribute::SExt) ||
         F.hasFnAttribute(SignedResultAttribute);
}

Value *errorOperand(const CallBase &Call) {
  const auto *Callee = dyn_cast<Function>(Call.getCalledOperand());
  AttributeList Attributes =
      Callee ? Callee->getAttributes() : Call.getAttributes();
  for (unsigned I = 0; I < Call.getFunctionType()->getNumParams(); ++I)
    if (Attributes.hasParamAttr(I, ErrorAttribute))
      return Call.getArgOperand(I);
  return nullptr;
}

bool stopsExceptions(const Function &F) { return F.hasMetadata(StopsKind); }

void setStopsExceptions(Function &F) {
  F.setMetadata(StopsKind, MDNode::get(F.getContext(), {}));
}

bool isHeld(const Function &F) { return F.hasMetadata(HeldKind); }

void setHeld(Function &F) {
  F.setMetadata(HeldKind, MDNode::get(F.getContext(), {}));
}

bool hasOwnEdges(const Function &F) { return F.hasMetadata(EdgesKind); }

void setHasOwnEdges(Function &F) {
  F.setMetadata(EdgesKind, MDNode::get(F.getContext(), {}));
}

Type *outcomeForm(Type *Result) {
  Type *How = Type::getInt8Ty(Result->getContext());
  return Result->isVoidTy() ? How : StructType::get(Result, How);
}

Type *resultInForm(Type *Form) {
  return isa<StructType>(Form) ? Form->getStructElementType(0)
                               : Type::getVoidTy(Form->getContext());
}

Value *resultPart(IRBuilder<> &B, Value *Returned) {
  return isa<StructType>(Returned->getType())
             ? B.CreateExtractValue(Returned, 0)
             : nullptr;
}

Value *outcomePart(IRBuilder<> &B, Value *Returned) {
  return isa<StructType>(Returned->getType())
             ? B.CreateExtractValue(Returned, 1)
             : Returned;
}

Value *inOutcomeForm(IRBuilder<> &B, Type *Form, Value *Result, Value *How) {
  if (!isa<StructType>(Form))
    return How;
  Value *Both = PoisonValue::get(Form);
  if (Result)
    Both = B.CreateInsertValue(Both, Result, 0);
  return B.CreateInsertValue(Both, How, 1);
}

Constant *outcomeConstant(LLVMContext &Context, Outcome How) {
  return ConstantInt::get(Type::getInt8Ty(Context), static_cast<uint8_t>(How));
}

Argument *errorParameter(Function &F) {
  if (!hasOutcome(F) || !raises(F))
    return nullptr;
  return F.getArg(F.getFunctionType()->getNumParams() - 1);
}

} // namespace coro
