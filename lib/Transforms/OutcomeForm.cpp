//===-- OutcomeForm.cpp - Functions that say how they ended ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A change of signature: { T, i8 } for T, and where the function raises a
// pointer behind its fixed parameters. What attributes promised of the result,
// or of a call that always returns or never does, holds no more.
//
//===----------------------------------------------------------------------===//

#include "Transforms/OutcomeForm.h"
#include "IR/Facts.h"
#include "IR/Outcome.h"
#include "llvm/IR/AttributeMask.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace coro {

static AttributeSet withoutPromises(LLVMContext &Context, AttributeSet Attrs) {
  AttributeMask Mask;
  Mask.addAttribute(Attribute::NoReturn);
  Mask.addAttribute(Attribute::WillReturn);
  Mask.addAttribute(Attribute::Memory);
  Mask.addAttribute(Attribute::AllocSize);
  Mask.addAttribute(Attribute::AllocKind);
  Mask.addAttribute("alloc-family");
  return Attrs.removeAttributes(Context, Mask);
}

/// The attributes of a function, or of a call with this many arguments, with an
/// error place after Fixed of them.
static AttributeList adjust(LLVMContext &Context, const AttributeList &Old,
                            unsigned Count, unsigned Fixed,
                            std::optional<AttributeSet> Error) {
  SmallVector<AttributeSet, 8> Params;
  for (unsigned I = 0; I < Count; ++I) {
    if (I == Fixed && Error)
      Params.push_back(*Error);
    Params.push_back(
        Old.getParamAttrs(I).removeAttribute(Context, Attribute::Returned));
  }
  if (Count == Fixed && Error)
    Params.push_back(*Error);
  return AttributeList::get(Context, withoutPromises(Context, Old.getFnAttrs()),
                            AttributeSet(), Params);
}

static AttributeSet errorAttributes(LLVMContext &Context,
                                    std::optional<ResultPlace> Place) {
  AttrBuilder B(Context);
  B.addAttribute(Attribute::NoUndef).addAttribute(Attribute::NonNull);
  if (Place) {
    B.addAttribute(Attribute::NoAlias);
    B.addAlignmentAttr(Place->Align);
    if (Place->Size)
      B.addDereferenceableAttr(Place->Size);
  }
  return AttributeSet::get(Context, B);
}

static FunctionType *formOf(const FunctionType &Type, bool Raises) {
  SmallVector<llvm::Type *, 8> Params(Type.params());
  if (Raises)
    Params.push_back(PointerType::getUnqual(Type.getContext()));
  return FunctionType::get(outcomeForm(Type.getReturnType()), Params,
                           Type.isVarArg());
}

static void moveBody(Function &From, Function &To) {
  To.splice(To.begin(), &From);
  for (auto [Old, New] : zip(From.args(), To.args())) {
    Old.replaceAllUsesWith(&New);
    New.takeName(&Old);
  }
  for (BasicBlock &Block : To) {
    auto *Return = dyn_cast<ReturnInst>(Block.getTerminator());
    if (!Return)
      continue;
    IRBuilder<> B(Return);
    B.CreateRet(inOutcomeForm(B, To.getReturnType(), Return->getReturnValue(),
                              outcomeConstant(To.getContext(), Outcome::Done)));
    Return->eraseFromParent();
  }
}

Function *giveOutcomeForm(Function &F) {
  LLVMContext &C = F.getContext();
  std::optional<ResultPlace> Error = exchangePlace(F, Exchange::Error);
  FunctionType *Type = formOf(*F.getFunctionType(), Error.has_value());
  Function *New = Function::Create(Type, F.getLinkage(), F.getAddressSpace());
  New->copyAttributesFrom(&F);
  New->setComdat(F.getComdat());
  std::optional<AttributeSet> Attrs;
  if (Error)
    Attrs = errorAttributes(C, Error);
  New->setAttributes(
      adjust(C, F.getAttributes(), F.arg_size(), F.arg_size(), Attrs));
  F.getParent()->getFunctionList().insert(F.getIterator(), New);
  New->takeName(&F);
  New->copyMetadata(&F, 0);
  setHasOutcome(*New);
  moveBody(F, *New);
  if (Error)
    errorParameter(*New)->setName("coro.error");
  F.replaceAllUsesWith(New);
  F.eraseFromParent();
  return New;
}

static CallBase *createCall(CallBase &Call, FunctionType *Type, Value *Callee,
                            ArrayRef<Value *> Arguments, bool KeepEdge) {
  SmallVector<OperandBundleDef, 1> Bundles;
  Call.getOperandBundlesAsDefs(Bundles);
  if (auto *Invoke = dyn_cast<InvokeInst>(&Call); Invoke && KeepEdge)
    return InvokeInst::Create(Type, Callee, Invoke->getNormalDest(),
                              Invoke->getUnwindDest(), Arguments, Bundles, "",
                              Call.getIterator());
  auto *New = CallInst::Create(Type, Callee, Arguments, Bundles, "",
                               Call.getIterator());
  if (auto *Plain = dyn_cast<CallInst>(&Call))
    New->setTailCallKind(Plain->getTailCallKind());
  return New;
}

CallBase *callInOutcomeForm(CallBase &Call, Value *Callee, Value *Error,
                            bool KeepEdge) {
  LLVMContext &C = Call.getContext();
  FunctionType *Type = Call.getFunctionType();
  unsigned Fixed = Type->getNumParams();
  SmallVector<Value *, 8> Arguments(Call.args());
  std::optional<AttributeSet> Attrs;
  if (Error) {
    Arguments.insert(Arguments.begin() + Fixed, Error);
    Attrs = errorAttributes(C, std::nullopt);
  }
  CallBase *New =
      createCall(Call, formOf(*Type, Error), Callee, Arguments, KeepEdge);
  New->setCallingConv(Call.getCallingConv());
  New->setAttributes(
      adjust(C, Call.getAttributes(), Call.arg_size(), Fixed, Attrs));
  New->copyMetadata(Call);
  New->setMetadata(LLVMContext::MD_range, nullptr);
  return New;
}

} // namespace coro
