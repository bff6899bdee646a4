//===-- Result.cpp - Results into frames and out of them ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A result in a frame looks as the C type does in memory, for t.result reads it
// there. In registers it may be wider (a bool is one bit there and a byte here)
// or rounded up (a struct of 12 bytes travels in 16).
//
//===----------------------------------------------------------------------===//

#include "IR/Result.h"
#include "llvm/IR/DataLayout.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace coro {

/// The type in which a register's value lies in memory.
static Type *memoryType(Type *Register, const DataLayout &DL) {
  auto *Int = dyn_cast<IntegerType>(Register);
  if (!Int)
    return Register;
  return IntegerType::get(Register->getContext(),
                          DL.getTypeAllocSizeInBits(Int));
}

static Value *address(IRBuilder<> &B, Value *Frame, const ResultPlace &Place) {
  return B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), Frame, Place.Offset);
}

/// A variable of the register's type, for values with more bytes than the C
/// type.
static AllocaInst *roundedVariable(IRBuilder<> &B, Type *T) {
  BasicBlock &Entry = B.GetInsertBlock()->getParent()->getEntryBlock();
  IRBuilder<> Top(&Entry, Entry.begin());
  return Top.CreateAlloca(T, nullptr, "result.rounded");
}

void storeResult(IRBuilder<> &B, Value *Result, bool Signed, Value *Frame,
                 const ResultPlace &Place) {
  const DataLayout &DL = B.GetInsertBlock()->getModule()->getDataLayout();
  Type *Stored = memoryType(Result->getType(), DL);
  if (Stored != Result->getType())
    Result =
        Signed ? B.CreateSExt(Result, Stored) : B.CreateZExt(Result, Stored);
  Value *To = address(B, Frame, Place);
  if (DL.getTypeStoreSize(Stored) <= Place.Size) {
    B.CreateAlignedStore(Result, To, Align(Place.Align));
    return;
  }
  AllocaInst *Rounded = roundedVariable(B, Stored);
  B.CreateStore(Result, Rounded);
  B.CreateMemCpy(To, Align(Place.Align), Rounded, Rounded->getAlign(),
                 Place.Size);
}

Value *readResult(IRBuilder<> &B, CallBase &Call, Type *T, Value *Frame,
                  const ResultPlace &Place) {
  const DataLayout &DL = Call.getModule()->getDataLayout();
  if (!Place.Size)
    return nullptr;
  Value *From = address(B, Frame, Place);
  if (auto Parameter = structResultParameter(*Call.getFunctionType(),
                                             Call.getAttributes())) {
    B.CreateMemCpy(Call.getArgOperand(*Parameter),
                   Call.getParamAlign(*Parameter), From, Align(Place.Align),
                   Place.Size);
    return nullptr;
  }
  if (Call.use_empty())
    return nullptr;
  Type *Stored = memoryType(T, DL);
  Value *Result;
  if (DL.getTypeStoreSize(Stored) <= Place.Size) {
    Result = B.CreateAlignedLoad(Stored, From, Align(Place.Align));
  } else {
    AllocaInst *Rounded = roundedVariable(B, Stored);
    B.CreateMemCpy(Rounded, Rounded->getAlign(), From, Align(Place.Align),
                   Place.Size);
    Result = B.CreateLoad(Stored, Rounded);
  }
  return Stored == T ? Result : B.CreateTrunc(Result, T);
}

void takeResult(IRBuilder<> &B, CallBase &Call, Value *Frame,
                const ResultPlace &Place) {
  if (Value *Result = readResult(B, Call, Call.getType(), Frame, Place))
    Call.replaceAllUsesWith(Result);
}

} // namespace coro
