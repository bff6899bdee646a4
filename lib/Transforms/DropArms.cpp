//===-- DropArms.cpp - The arms that nobody wants any more ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The second loop of WaitForArms.cpp, and what follows it.
//
//===----------------------------------------------------------------------===//

#include "IR/Facts.h"
#include "Transforms/ArmCalls.h"
#include "Transforms/LowerShields.h"
#include "Transforms/SharedArms.h"
#include "Transforms/WaitExpansion.h"
#include "Transforms/WaitLoop.h"

using namespace llvm;

namespace coro {

IntegerType *Expansion::word() const {
  unsigned Width = std::min<uint64_t>(64, PowerOf2Ceil(std::max(count(), 8u)));
  return IntegerType::get(F.getContext(), Width);
}

/// As many words as it takes.
void Expansion::setPending(const APInt &Arms) {
  IntegerType *Word = word();
  unsigned Width = Word->getBitWidth();
  for (unsigned First = 0; First < count(); First += Width) {
    if (Pending.size() <= First / Width)
      Pending.push_back(variable(Word, "coro.arms"));
    APInt Bits = Arms.lshr(First).zextOrTrunc(Width);
    B.CreateStore(ConstantInt::get(Word, Bits), Pending[First / Width]);
  }
}

Value *Expansion::nonePending() {
  Value *Left = B.CreateLoad(word(), Pending.front());
  for (AllocaInst *Bits : drop_begin(Pending))
    Left = B.CreateOr(Left, B.CreateLoad(word(), Bits));
  return B.CreateIsNull(Left);
}

/// Writes what is done with each arm that is pending.
void Expansion::eachPending(function_ref<void(unsigned Index)> Do) {
  unsigned Width = word()->getBitWidth();
  for (unsigned I = 0; I < count(); ++I) {
    APInt Bit = APInt::getOneBitSet(Width, I % Width);
    BasicBlock *Found = block("coro.arm"), *Next = block("coro.next");
    Value *IsPending = B.CreateAnd(B.CreateLoad(word(), Pending[I / Width]),
                                   ConstantInt::get(word(), Bit));
    B.CreateCondBr(B.CreateIsNotNull(IsPending), Found, Next);
    enter(Found);
    Do(I);
    B.CreateBr(Next);
    enter(Next);
  }
}

void Expansion::clearIf(Value *Over, unsigned Index) {
  unsigned Width = word()->getBitWidth();
  AllocaInst *Bits = Pending[Index / Width];
  APInt Bit = APInt::getOneBitSet(Width, Index % Width);
  Value *Old = B.CreateLoad(word(), Bits);
  Value *Without = B.CreateAnd(Old, ConstantInt::get(word(), ~Bit));
  B.CreateStore(B.CreateSelect(Over, Without, Old), Bits);
}

/// Leaves to the second loop, for these arms or for those that are pending.
void Expansion::drop(unsigned Why, const std::optional<APInt> &Arms) {
  if (!Drop) {
    Drop = block("coro.drop");
    bool Small = 2 * count() < 255;
    Reason = variable(Small ? B.getInt8Ty() : B.getInt32Ty(), "coro.reason");
    if (C.Kind == Marker::Timeout || C.Kind == Marker::Cancel)
      Last = variable(B.getInt8Ty(), "coro.last");
  }
  Reasons.insert(Why);
  if (Arms)
    setPending(*Arms);
  B.CreateStore(reason(Why), Reason);
  B.CreateBr(Drop);
}

ConstantInt *Expansion::reason(unsigned Why) const {
  auto *T = cast<IntegerType>(Reason->getAllocatedType());
  return ConstantInt::get(T->getContext(),
                          APInt(32, Why).trunc(T->getBitWidth()));
}

/// The status of the arm that was ended last.
Value *Expansion::last() {
  return B.CreateZExt(B.CreateLoad(B.getInt8Ty(), Last), B.getInt32Ty());
}

void Expansion::writeDrop() {
  enter(Drop);
  Value *Context = contextHere(B);
  eachPending([&](unsigned Index) {
    Value *Status = cancelArm(B, C.Arms[Index], Context);
    if (Last)
      B.CreateStore(B.CreateTrunc(Status, B.getInt8Ty()), Last);
    clearIf(isOver(Status), Index);
  });
  BasicBlock *Waits = block("coro.dropping"), *Done = block("coro.dropped");
  B.CreateCondBr(nonePending(), Done, Waits);
  enter(Waits);
  uint64_t Shield = freshShield(F);
  markShield(B, Shield, true);
  suspendHere(B)->setMetadata(ShieldedSuspension,
                              MDNode::get(F.getContext(), {}));
  markShield(B, Shield, false);
  B.CreateBr(Drop);
  finish(Done);
}

/// What follows once nobody is left.
void Expansion::finish(BasicBlock *Done) {
  enter(Done);
  if (C.Kind == Marker::Cancel)
    return give(last());
  if (Reasons.size() == 1)
    return follow(Reasons.front());
  BasicBlock *Rest = block("coro.why");
  SwitchInst *Switch =
      B.CreateSwitch(B.CreateLoad(Reason->getAllocatedType(), Reason), Rest);
  for (unsigned Why : drop_begin(Reasons)) {
    BasicBlock *To = block("coro.why");
    Switch->addCase(reason(Why), To);
    enter(To);
    follow(Why);
  }
  enter(Rest);
  follow(Reasons.front());
}

void Expansion::follow(unsigned Why) {
  if (Why == Self)
    return leave(Marker::Unwind, {});
  if (Why >= count())
    return reraise(C.Arms[Why - count()]);
  // It rang. But what was to be ended may have ended by itself.
  if (C.Kind == Marker::Timeout)
    return end(0, last());
  give(B.getInt32(Why));
}

/// Timeout: the task ended like this after all, or was cancelled.
void Expansion::end(unsigned Index, Value *Status) {
  const Arm &A = C.Arms[Index];
  if (A.F && raises(*A.F)) {
    BasicBlock *Raised = block("coro.raised"), *Rest = block("coro.rest");
    B.CreateCondBr(is(Status, CORO_RAISED), Raised, Rest);
    enter(Raised);
    reraise(A);
    enter(Rest);
  }
  give(B.CreateZExt(B.CreateNot(is(Status, CORO_DONE)), B.getInt32Ty()));
}

/// The marker's value is known here.
void Expansion::give(Value *Result) {
  Results.push_back({Result, B.GetInsertBlock()});
  B.CreateBr(After);
}

/// A marker that does not come back, with the edge of the one in whose place it
/// is.
void Expansion::leave(Marker Which, ArrayRef<Value *> Arguments) {
  SmallVector<Type *, 3> Types;
  for (Value *A : Arguments)
    Types.push_back(A->getType());
  FunctionCallee Callee =
      declareMarker(M, Which, FunctionType::get(B.getVoidTy(), Types, false));
  if (!Unwind) {
    B.CreateCall(Callee, Arguments);
    B.CreateUnreachable();
    return;
  }
  BasicBlock *Never = block("coro.never");
  B.CreateInvoke(Callee, Never, Unwind, Arguments);
  for (PHINode &Phi : Unwind->phis())
    Phi.addIncoming(Phi.getIncomingValueForBlock(Before), B.GetInsertBlock());
  enter(Never);
  B.CreateUnreachable();
}

void Expansion::reraise(const Arm &A) {
  if (C.Kind == Marker::Any)
    endSharedWaits(B, C);
  ResultPlace Error = *exchangePlace(*A.F, Exchange::Error);
  Value *From =
      B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), A.Frame, Error.Offset);
  leave(Marker::Reraise,
        {From, B.getInt64(Error.Size), B.getInt64(Error.Align)});
}

} // namespace coro
