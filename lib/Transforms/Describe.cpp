//===-- Describe.cpp - frame-describe: the read-only f.coro ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Writes the descriptor of each coroutine and, where they are wanted, the
// records of frames; and removes what is left of the source function: from here
// on a coroutine is its parts.
//
//===----------------------------------------------------------------------===//

#include "IR/Facts.h"
#include "IR/Markers.h"
#include "IR/Parts.h"
#include "Transforms/FrameSection.h"
#include "Transforms/Passes.h"
#include "coro/abi.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/Transforms/Utils/ModuleUtils.h"

using namespace llvm;

namespace coro {

/// The constant of include/coro/abi.h's struct coro_descriptor.
static void describe(Function &F) {
  GlobalVariable &Descriptor = *descriptorOf(F);
  FrameFacts Facts = *frameFacts(F);
  auto *Type = cast<StructType>(Descriptor.getValueType());
  auto integer = [&](DescriptorField Field, uint64_t Value) -> Constant * {
    return ConstantInt::get(Type->getElementType(static_cast<unsigned>(Field)),
                            Value);
  };
  Constant *Text = ConstantDataArray::getString(F.getContext(), F.getName());
  auto *Name = new GlobalVariable(*F.getParent(), Text->getType(), true,
                                  GlobalValue::PrivateLinkage, Text,
                                  F.getName() + ".name");
  Name->setUnnamedAddr(GlobalValue::UnnamedAddr::Global);
  Name->setAlignment(Align(1));
  const ResultPlace None{0, 0, 1};
  ResultPlace Yielded = exchangePlace(F, Exchange::Value).value_or(None);
  ResultPlace Raised = exchangePlace(F, Exchange::Error).value_or(None);
  Descriptor.setInitializer(ConstantStruct::get(
      Type, {integer(DescriptorField::Abi, CORO_ABI_VERSION),
             integer(DescriptorField::Align, Facts.Align),
             integer(DescriptorField::Size, Facts.Size),
             integer(DescriptorField::ResultOffset, Facts.ResultOffset),
             integer(DescriptorField::ResultSize, Facts.ResultSize),
             integer(DescriptorField::ValueOffset, Yielded.Offset),
             integer(DescriptorField::ValueSize, Yielded.Size),
             integer(DescriptorField::ErrorOffset, Raised.Offset),
             integer(DescriptorField::ErrorSize, Raised.Size), pollOf(F),
             cancelOf(F), startOf(F), Name}));
  Descriptor.setLinkage(F.getLinkage());
  Descriptor.setComdat(F.getComdat());
}

/// Parts nobody uses and nobody else can: -O0 has no pass that removes them.
/// One may be all that uses another, of a callee too.
static void dropUnused(SmallVectorImpl<Function *> &Parts) {
  auto isUnused = [](Function *Part) {
    bool Is =
        Part->use_empty() && (Part->hasLocalLinkage() || Part->isDeclaration());
    if (Is)
      Part->eraseFromParent();
    return Is;
  };
  for (size_t Before = 0; Before != Parts.size();) {
    Before = Parts.size();
    erase_if(Parts, isUnused);
  }
}

/// GlobalOpt takes the static-chain register from a function that nobody takes
/// the address of, and va_arg would then count one register too many.
static void keepStaticChain(Function &Start) {
  if (Start.isVarArg() && Start.hasLocalLinkage() && !Start.use_empty())
    appendToCompilerUsed(*Start.getParent(), {&Start});
}

static void eraseSource(Function &F) {
  F.dropAllReferences();
  F.setComdat(nullptr);
  if (!F.use_empty())
    F.replaceAllUsesWith(PoisonValue::get(F.getType()));
  F.eraseFromParent();
}

PreservedAnalyses Describe::run(Module &M, ModuleAnalysisManager &) {
  SmallVector<Function *, 8> Coroutines;
  for (Function &F : M)
    if (isCoroutine(F) && !isMarkerName(F.getName()))
      Coroutines.push_back(&F);
  for (Function *F : Coroutines) {
    if (F->isDeclaration() || startOf(*F)->isDeclaration())
      continue;
    describe(*F);
  }
  SmallVector<Function *, 32> Parts;
  for (Function *F : Coroutines) {
    append_range(Parts, std::initializer_list<Function *>{
                            cancelOf(*F), pollOf(*F), startOf(*F), bindOf(*F)});
    if (Function *Resume = M.getFunction((F->getName() + ResumeSuffix).str()))
      Parts.push_back(Resume);
    forgetCoroutine(*pollOf(*F));
    Function *Start = startOf(*F);
    GlobalVariable *Descriptor = descriptorOf(*F);
    eraseSource(*F);
    if (Descriptor->use_empty() &&
        (Descriptor->hasLocalLinkage() || Descriptor->isDeclaration())) {
      GlobalVariable *Name = Descriptor->getParent()->getGlobalVariable(
          Descriptor->getName().drop_back(DescriptorSuffix.size()).str() +
              ".name",
          /*AllowInternal=*/true);
      Descriptor->eraseFromParent();
      if (Name && Name->hasPrivateLinkage())
        Name->removeDeadConstantUsers();
      if (Name && Name->hasPrivateLinkage() && Name->use_empty())
        Name->eraseFromParent();
    }
    keepStaticChain(*Start);
  }
  dropUnused(Parts);
  writeRecords(M);
  for (Function &F : M)
    for (Instruction &I : instructions(F))
      if (auto *Frame = dyn_cast<AllocaInst>(&I))
        forgetOrigin(*Frame);
  dropUnusedMarkers(M);
  return Coroutines.empty() ? PreservedAnalyses::all()
                            : PreservedAnalyses::none();
}

} // namespace coro
