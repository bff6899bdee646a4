//===-- LinkStubs.cpp - What stands for a part until the link -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Transforms/LinkStubs.h"
#include "IR/Facts.h"
#include "IR/LinkBodies.h"
#include "IR/Parts.h"
#include "coro/abi.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/Transforms/Utils/ModuleUtils.h"

using namespace llvm;

namespace coro {

/// Passes everything on, so that no argument looks unused.
static void makeStub(Function &Part, Function &Body) {
  IRBuilder<> B(BasicBlock::Create(Part.getContext(), "", &Part));
  Instruction *Return = B.CreateUnreachable();
  SmallVector<Value *, 8> Operands = {&Body};
  for (Argument &A : Part.args())
    Operands.push_back(&A);
  CallInst *Note = createNote(*Return, LinkNote::Stub, Operands);
  Return->eraseFromParent();
  B.SetInsertPoint(&Part.getEntryBlock());
  Type *T = Part.getReturnType();
  if (T->isVoidTy()) {
    B.CreateRetVoid();
  } else if (auto *Both = dyn_cast<StructType>(T)) {
    // Nothing may be known of the result either.
    Value *Result = B.CreateAlignedLoad(Both->getElementType(1), &Body,
                                        Align(1), /*isVolatile=*/true);
    Value *Status = B.CreateInsertValue(PoisonValue::get(T), Note, 0);
    B.CreateRet(B.CreateInsertValue(Status, Result, 1));
  } else {
    B.CreateRet(Note);
  }
  Part.setLinkage(Body.getLinkage());
  Part.setComdat(Body.getComdat());
  seal(Part);
}

/// Not constant until the link: nobody may read the size yet.
static void makeDescriptorStub(Function &Known, Function &Body) {
  GlobalVariable &Descriptor = *descriptorOf(Known);
  auto *Type = cast<StructType>(Descriptor.getValueType());
  SmallVector<Constant *, 16> Fields;
  for (llvm::Type *T : Type->elements())
    Fields.push_back(Constant::getNullValue(T));
  Fields[static_cast<unsigned>(DescriptorField::Poll)] = pollOf(Known);
  Fields[static_cast<unsigned>(DescriptorField::Cancel)] = cancelOf(Known);
  Fields[static_cast<unsigned>(DescriptorField::Start)] = startOf(Known);
  Descriptor.setInitializer(ConstantStruct::get(Type, Fields));
  Descriptor.setConstant(false);
  Descriptor.setExternallyInitialized(true);
  Descriptor.setLinkage(Body.getLinkage());
  Descriptor.setComdat(Body.getComdat());
}

void makeStubs(Function &Known, Function &Body) {
  SmallVector<Function *, 4> Parts = {startOf(Known), pollOf(Known),
                                      cancelOf(Known)};
  if (!Known.isVarArg())
    Parts.push_back(bindOf(Known));
  for (Function *Part : Parts)
    makeStub(*Part, Body);
  makeDescriptorStub(Known, Body);
  if (!Body.hasLocalLinkage())
    return;
  // Signature and calling convention stay what they are, too.
  SmallVector<GlobalValue *, 5> Kept(Parts.begin(), Parts.end());
  Kept.push_back(descriptorOf(Known));
  appendToCompilerUsed(*Body.getParent(), Kept);
}

/// The address at which Callee's frame may begin, in a variable made for it.
static Value *frameOfUnknownSize(AllocaInst &A, Function &Callee) {
  IRBuilder<> B(&A);
  const DataLayout &DL = A.getModule()->getDataLayout();
  GlobalVariable &Descriptor = *descriptorOf(Callee);
  auto *Type = cast<StructType>(Descriptor.getValueType());
  auto field = [&](DescriptorField Field) -> Value * {
    unsigned Index = static_cast<unsigned>(Field);
    Value *Loaded = B.CreateLoad(Type->getElementType(Index),
                                 B.CreateStructGEP(Type, &Descriptor, Index));
    return B.CreateZExt(Loaded, DL.getIntPtrType(A.getContext()));
  };
  Value *Size = field(DescriptorField::Size);
  Value *Align = field(DescriptorField::Align);
  Value *Least = ConstantInt::get(Align->getType(), CORO_CONTRACT_ALIGN);
  Align = B.CreateBinaryIntrinsic(Intrinsic::umax, Align, Least);
  Value *Extra = B.CreateSub(Align, Least);
  AllocaInst *Bytes =
      B.CreateAlloca(B.getInt8Ty(), B.CreateAdd(Size, Extra), A.getName());
  Bytes->setAlignment(llvm::Align(CORO_CONTRACT_ALIGN));
  Value *Begin = B.CreateGEP(B.getInt8Ty(), Bytes, Extra);
  return B.CreateIntrinsic(Intrinsic::ptrmask,
                           {Begin->getType(), Align->getType()},
                           {Begin, B.CreateNeg(Align)});
}

bool sizeFramesLater(Module &M,
                     function_ref<bool(const Function &)> IsUnknown) {
  SmallVector<std::pair<AllocaInst *, Function *>, 4> Frames;
  for (Function &F : M) {
    if (isCoroutine(F))
      continue;
    for (Instruction &I : instructions(F))
      if (auto *A = dyn_cast<AllocaInst>(&I))
        if (Function *Callee = childOf(*A); Callee && IsUnknown(*Callee))
          Frames.push_back({A, Callee});
  }
  for (auto [A, Callee] : Frames) {
    // These are for variables of known size.
    for (User *U : make_early_inc_range(A->users()))
      if (auto *I = dyn_cast<IntrinsicInst>(U); I && I->isLifetimeStartOrEnd())
        I->eraseFromParent();
    A->replaceAllUsesWith(frameOfUnknownSize(*A, *Callee));
    A->eraseFromParent();
  }
  return !Frames.empty();
}

} // namespace coro
