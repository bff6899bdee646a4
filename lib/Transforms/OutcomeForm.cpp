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
#include "llvm/ADT/StringExtras.h"
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

/// Where there is a place for a struct result, one for an error, or neither.
namespace {
struct Form {
  bool Yields;
  /// Attributes of the place for an error.
  std::optional<AttributeSet> Error;
};
} // namespace

/// A struct result's place has an attribute that goes with functions returning
/// nothing. In an ordinary function the parameter is then like others.
static AttributeSet structResult(const Module &M, AttributeSet Attrs,
                                 bool Yields) {
  LLVMContext &C = M.getContext();
  Type *T = Attrs.getStructRetType();
  if (!T)
    return Attrs;
  Attrs = Attrs.removeAttribute(C, Attribute::StructRet);
  if (!Yields)
    return Attrs;
  uint64_t Size = M.getDataLayout().getTypeAllocSize(T).getFixedValue();
  return Attrs.addAttributes(
      C, AttributeSet::get(C, AttrBuilder(C).addAttribute(StructResultAttribute,
                                                          utostr(Size))));
}

/// The attributes of a function, or of a call with this many arguments, with an
/// error place after Fixed of them.
static AttributeList adjust(const Module &M, const AttributeList &Old,
                            unsigned Count, unsigned Fixed, const Form &As) {
  LLVMContext &C = M.getContext();
  SmallVector<AttributeSet, 8> Params;
  for (unsigned I = 0; I < Count; ++I) {
    if (I == Fixed && As.Error)
      Params.push_back(*As.Error);
    Params.push_back(structResult(M, Old.getParamAttrs(I), As.Yields)
                         .removeAttribute(C, Attribute::Returned));
  }
  if (Count == Fixed && As.Error)
    Params.push_back(*As.Error);
  return AttributeList::get(C, withoutPromises(C, Old.getFnAttrs()),
                            AttributeSet(), Params);
}

static AttributeSet errorAttributes(LLVMContext &Context, bool Yields,
                                    std::optional<ResultPlace> Place) {
  AttrBuilder B(Context);
  B.addAttribute(Attribute::NoUndef).addAttribute(Attribute::NonNull);
  if (Yields)
    B.addAttribute(ErrorAttribute);
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
  bool Yields = isCoroutine(F);
  Form As{Yields, std::nullopt};
  if (Error)
    As.Error = errorAttributes(C, Yields, Error);
  New->setAttributes(adjust(*F.getParent(), F.getAttributes(), F.arg_size(),
                            F.arg_size(), As));
  F.getParent()->getFunctionList().insert(F.getIterator(), New);
  New->takeName(&F);
  New->copyMetadata(&F, 0);
  setHasOutcome(*New);
  moveBody(F, *New);
  if (F.hasRetAttribute(Attribute::SExt))
    New->addFnAttr(SignedResultAttribute);
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
                            bool Yields, bool KeepEdge) {
  LLVMContext &C = Call.getContext();
  FunctionType *Type = Call.getFunctionType();
  unsigned Fixed = Type->getNumParams();
  SmallVector<Value *, 8> Arguments(Call.args());
  Form As{Yields, std::nullopt};
  if (Error) {
    Arguments.insert(Arguments.begin() + Fixed, Error);
    As.Error = errorAttributes(C, Yields, std::nullopt);
  }
  CallBase *New =
      createCall(Call, formOf(*Type, Error), Callee, Arguments, KeepEdge);
  New->setCallingConv(Call.getCallingConv());
  New->setAttributes(adjust(*Call.getModule(), Call.getAttributes(),
                            Call.arg_size(), Fixed, As));
  New->copyMetadata(Call);
  New->setMetadata(LLVMContext::MD_range, nullptr);
  if (Yields && !isa<Function>(Callee))
    setHasOutcome(*New);
  return New;
}

} // namespace coro
