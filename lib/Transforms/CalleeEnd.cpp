//===-- CalleeEnd.cpp - What a callee leaves when it is over --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//               br %status == DONE, done, other
//   done:       %r = load, from %frame                        outcome 0
//   other:      br %status == RAISED, raised, cancelled
//   raised:     copy the error from %frame to the call's place for it      1
//   cancelled:                                                             2
//
// A status from somebody else's code that is none of these counts as cancelled:
// there is no result.
//
//===----------------------------------------------------------------------===//

#include "Transforms/CalleeEnd.h"
#include "IR/Outcome.h"
#include "IR/Result.h"
#include "coro/abi.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/MDBuilder.h"
#include "llvm/IR/Module.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"

using namespace llvm;

namespace coro {

CalleeEnd::CalleeEnd(const Function &Callee)
    : Result(resultPlace(Callee)),
      Error(exchangePlace(Callee, Exchange::Error)) {}

Value *descriptorField(IRBuilder<> &B, Value *Descriptor,
                       DescriptorField Field) {
  StructType *Type = descriptorType(*B.GetInsertBlock()->getModule());
  unsigned Index = static_cast<unsigned>(Field);
  return B.CreateLoad(Type->getElementType(Index),
                      B.CreateStructGEP(Type, Descriptor, Index));
}

static void copyError(IRBuilder<> &B, Value *To, Value *Frame,
                      const CalleeEnd &End) {
  if (End.Error) {
    B.CreateMemCpy(
        To, Align(End.Error->Align),
        B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), Frame, End.Error->Offset),
        Align(End.Error->Align), End.Error->Size);
    return;
  }
  Value *Offset =
      descriptorField(B, End.Descriptor, DescriptorField::ErrorOffset);
  B.CreateMemCpy(
      To, MaybeAlign(), B.CreateInBoundsGEP(B.getInt8Ty(), Frame, Offset),
      MaybeAlign(),
      descriptorField(B, End.Descriptor, DescriptorField::ErrorSize));
}

FinishedCall finishCall(CallInst &Call, Value *Status, Value *Frame,
                        const CalleeEnd &End) {
  IRBuilder<> B(&Call);
  auto isStatus = [&](coro_status Wanted) {
    return B.CreateICmpEQ(Status, B.getInt32(Wanted));
  };
  Instruction *Done, *Other;
  SplitBlockAndInsertIfThenElse(
      isStatus(CORO_DONE), Call.getIterator(), &Done, &Other,
      MDBuilder(Call.getContext()).createLikelyBranchWeights());
  B.SetInsertPoint(Done);
  Type *T = resultInForm(Call.getType());
  Value *Result =
      End.Value ? End.Value : readResult(B, Call, T, Frame, End.Result);
  BasicBlock *FromDone = B.GetInsertBlock();

  B.SetInsertPoint(Other);
  LLVMContext &C = Call.getContext();
  Value *NotDone = outcomeConstant(C, Outcome::Cancelled);
  if (Value *To = errorOperand(Call)) {
    BasicBlock *Head = Other->getParent();
    Instruction *Raised = SplitBlockAndInsertIfThen(
        isStatus(CORO_RAISED), Other->getIterator(), /*Unreachable=*/false);
    B.SetInsertPoint(Raised);
    if (!isa<ConstantPointerNull>(To))
      copyError(B, To, Frame, End);
    B.SetInsertPoint(Other->getParent(), Other->getParent()->begin());
    PHINode *Which = B.CreatePHI(NotDone->getType(), 2);
    Which->addIncoming(NotDone, Head);
    Which->addIncoming(outcomeConstant(C, Outcome::Raised),
                       Raised->getParent());
    NotDone = Which;
  }

  B.SetInsertPoint(Call.getParent(), Call.getParent()->begin());
  PHINode *How = B.CreatePHI(NotDone->getType(), 2, "outcome");
  How->addIncoming(outcomeConstant(C, Outcome::Done), FromDone);
  How->addIncoming(NotDone, Other->getParent());
  if (!Result)
    return {nullptr, How};
  PHINode *Merged = B.CreatePHI(T, 2);
  Merged->addIncoming(Result, FromDone);
  Merged->addIncoming(PoisonValue::get(T), Other->getParent());
  return {Merged, How};
}

void replaceParts(CallInst &Call, const FinishedCall &Parts) {
  auto *Form = dyn_cast<StructType>(Call.getType());
  if (!Form) {
    Call.replaceAllUsesWith(Parts.How);
    return;
  }
  Value *Result = Parts.Result
                      ? Parts.Result
                      : PoisonValue::get(Form->getStructElementType(0));
  for (User *U : make_early_inc_range(Call.users()))
    if (auto *Part = dyn_cast<ExtractValueInst>(U);
        Part && Part->getNumIndices() == 1) {
      Part->replaceAllUsesWith(Part->getIndices()[0] == 0 ? Result : Parts.How);
      Part->eraseFromParent();
    }
  if (Call.use_empty())
    return;
  IRBuilder<> B(&Call);
  Call.replaceAllUsesWith(inOutcomeForm(B, Form, Result, Parts.How));
}

void takeOver(CallInst &Call, Value *Status, Value *Frame,
              const CalleeEnd &End) {
  IRBuilder<> B(&Call);
  if (hasOutcome(Call))
    replaceParts(Call, finishCall(Call, Status, Frame, End));
  else if (End.Value)
    Call.replaceAllUsesWith(End.Value);
  else
    takeResult(B, Call, Frame, End.Result);
}

} // namespace coro
