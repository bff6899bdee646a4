//===-- Parts.cpp - The functions a coroutine is compiled into ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "IR/Parts.h"
#include "IR/Borrowed.h"
#include "IR/Facts.h"
#include "IR/Outcome.h"
#include "Support/Compat.h"
#include "coro/abi.h"
#include "llvm/IR/DerivedTypes.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace coro {

SmallVector<unsigned, 8> passedParameters(const FunctionType &Type,
                                          const AttributeList &Attributes) {
  SmallVector<unsigned, 8> Passed;
  for (unsigned I = 0; I < Type.getNumParams(); ++I)
    if (!isStructResult(Attributes, I) &&
        !Attributes.hasParamAttr(I, ErrorAttribute))
      Passed.push_back(I);
  return Passed;
}

SmallVector<unsigned, 8> passedParameters(const Function &F) {
  return passedParameters(*F.getFunctionType(), F.getAttributes());
}

static SmallVector<Type *, 8> typesOf(FunctionType *T,
                                      ArrayRef<unsigned> Passed) {
  SmallVector<Type *, 8> Types;
  for (unsigned Index : Passed)
    Types.push_back(T->getParamType(Index));
  return Types;
}

unsigned leadingParameters(const FunctionType &SourceType) {
  return SourceType.isVarArg() ? 1 : 2;
}

uint64_t variadicContextOffset(const DataLayout &DL) {
  return alignTo(CORO_RESULT_MIN_OFFSET, DL.getPointerSize());
}

/// What a start returns, see Parts.h.
static Type *startResult(FunctionType *T, bool Outcome) {
  Type *Status = Type::getInt32Ty(T->getContext());
  Type *Result =
      Outcome ? resultInForm(T->getReturnType()) : T->getReturnType();
  if (T->isVarArg() || Result->isVoidTy())
    return Status;
  return StructType::get(Status, Result);
}

FunctionType *startType(FunctionType *T, bool Outcome,
                        ArrayRef<unsigned> Passed) {
  LLVMContext &Context = T->getContext();
  Type *Ptr = PointerType::get(Context, 0);
  SmallVector<Type *, 8> Types(leadingParameters(*T), Ptr);
  append_range(Types, typesOf(T, Passed));
  return FunctionType::get(startResult(T, Outcome), Types, T->isVarArg());
}

void copyPartAttributes(Function &Part, const Function &F) {
  AttrBuilder Kept(F.getContext(), F.getAttributes().getFnAttrs());
  // A call that returns late, or on another thread, or twice with different
  // results although its arguments are the same, is still a call; one poll of
  // it has none of these promises.
  for (Attribute::AttrKind Kind :
       {Attribute::Memory, Attribute::NoReturn, Attribute::WillReturn,
        Attribute::MustProgress, Attribute::NoRecurse, Attribute::NoSync,
        Attribute::NoFree, Attribute::Speculatable, Attribute::AllocKind,
        Attribute::AllocSize, Attribute::ReturnsTwice, Attribute::NoDuplicate,
        Attribute::NoCallback})
    Kept.removeAttribute(Kind);
  Kept.removeAttribute("alloc-family");
  Part.addFnAttrs(Kept);
  Part.setVisibility(F.getVisibility());
  Part.setDLLStorageClass(F.getDLLStorageClass());
  Part.setDSOLocal(F.isDSOLocal());
  Part.setUnnamedAddr(F.getUnnamedAddr());
  if (F.hasSection())
    Part.setSection(F.getSection());
}

AttributeSet passingAttributes(LLVMContext &Context, AttributeSet From) {
  AttrBuilder Kept(Context);
  for (Attribute::AttrKind Kind :
       {Attribute::ZExt, Attribute::SExt, Attribute::NoUndef})
    if (From.hasAttribute(Kind))
      Kept.addAttribute(Kind);
  return AttributeSet::get(Context, Kept);
}

/// A part gets F's linkage with its body: a declaration is external, or null
/// where nobody defines it, like F.
static GlobalValue::LinkageTypes declaredLinkage(const Function &F) {
  return F.hasExternalWeakLinkage() ? GlobalValue::ExternalWeakLinkage
                                    : GlobalValue::ExternalLinkage;
}

static Function *part(Function &F, StringRef Suffix, FunctionType *Type,
                      unsigned FirstParameter) {
  Module &M = *F.getParent();
  std::string Name = (F.getName() + Suffix).str();
  if (Function *Known = M.getFunction(Name))
    return Known; // LowerEffects saw to it that the name was free.
  Function *Part =
      Function::Create(Type, declaredLinkage(F), F.getAddressSpace(), Name, &M);
  copyPartAttributes(*Part, F);
  if (FirstParameter) {
    unsigned Index = FirstParameter;
    for (unsigned Parameter : passedParameters(F)) {
      AttributeSet Set = passingAttributes(
          F.getContext(), F.getAttributes().getParamAttrs(Parameter));
      Part->addParamAttrs(Index++, AttrBuilder(F.getContext(), Set));
    }
  }
  return Part;
}

Function *startOf(Function &F) {
  Function *Start =
      part(F, StartSuffix,
           startType(F.getFunctionType(), hasOutcome(F), passedParameters(F)),
           leadingParameters(*F.getFunctionType()));
  if (F.isVarArg())
    Start->addParamAttr(0, Attribute::Nest);
  else
    borrowContext(*Start, 1);
  return Start;
}

FunctionType *pollType(LLVMContext &Context) {
  Type *Ptr = PointerType::get(Context, 0);
  return FunctionType::get(Type::getInt32Ty(Context), {Ptr, Ptr}, false);
}

static constexpr const char *PartKind = "coro.part";

Function *pollOf(Function &F) {
  Function *Poll = part(F, PollSuffix, pollType(F.getContext()), 0);
  borrowContext(*Poll, 1);
  if (!Poll->hasMetadata(PartKind))
    Poll->setMetadata(PartKind,
                      MDNode::get(F.getContext(), {ValueAsMetadata::get(&F)}));
  return Poll;
}

Function *coroutineOf(const Function &Poll) {
  const MDNode *Node = Poll.getMetadata(PartKind);
  auto *Of = Node ? dyn_cast_or_null<ValueAsMetadata>(Node->getOperand(0).get())
                  : nullptr;
  return Of ? dyn_cast<Function>(Of->getValue()) : nullptr;
}

void forgetCoroutine(Function &Poll) { Poll.setMetadata(PartKind, nullptr); }

Function *resumeOf(Function &F) {
  LLVMContext &Context = F.getContext();
  Type *Ptr = PointerType::get(Context, 0), *Int32 = Type::getInt32Ty(Context);
  Function *Resume =
      part(F, ResumeSuffix,
           FunctionType::get(Int32, {Ptr, Ptr, Int32, Int32}, false), 0);
  borrowContext(*Resume, 1);
  return Resume;
}

Function *cancelOf(Function &F) {
  Function *Cancel = part(F, CancelSuffix, pollType(F.getContext()), 0);
  borrowContext(*Cancel, 1);
  return Cancel;
}

Function *bindOf(Function &F) {
  SmallVector<Type *, 8> Types = {PointerType::get(F.getContext(), 0)};
  append_range(Types, typesOf(F.getFunctionType(), passedParameters(F)));
  return part(F, BindSuffix,
              FunctionType::get(Type::getVoidTy(F.getContext()), Types, false),
              1);
}

StructType *descriptorType(Module &M) {
  LLVMContext &Context = M.getContext();
  Type *Int32 = Type::getInt32Ty(Context);
  Type *Size = M.getDataLayout().getIntPtrType(Context);
  Type *Ptr = PointerType::get(Context, 0);
  return StructType::get(Context, {Int32, Int32, Size, Size, Size, Size, Size,
                                   Size, Size, Ptr, Ptr, Ptr, Ptr});
}

GlobalVariable *descriptorOf(Function &F) {
  Module &M = *F.getParent();
  std::string Name = (F.getName() + DescriptorSuffix).str();
  if (GlobalVariable *Known = M.getNamedGlobal(Name))
    return Known;
  auto *Descriptor =
      new GlobalVariable(M, descriptorType(M), /*isConstant=*/true,
                         declaredLinkage(F), nullptr, Name);
  Descriptor->setVisibility(F.getVisibility());
  Descriptor->setDSOLocal(F.isDSOLocal());
  return Descriptor;
}

} // namespace coro
