//===-- Facts.cpp - What is known of a function, as metadata --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "IR/Facts.h"
#include "IR/Outcome.h"
#include "Support/Diagnostics.h"
#include "coro/abi.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/DataLayout.h"
#include "llvm/IR/Metadata.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace coro {

static constexpr const char *YieldsKind = "coro.yields";
static constexpr const char *NeverWaitsKind = "coro.never.waits";
static constexpr const char *GenericKind = "coro.generic";
static constexpr const char *ConsumerKind = "coro.consumer";
static constexpr const char *LimitKind = "coro.limit";
static constexpr const char *FrameKind = "coro.frame";
static constexpr const char *StatesKind = "coro.states";
static constexpr const char *ChildKind = "coro.child";
static constexpr const char *InlinedKind = "coro.inlined";
static constexpr const char *ExchangeKinds[] = {"coro.c.result", "coro.value",
                                                "coro.received", "coro.error"};
static constexpr const char *ResultKind = "coro.result";
static constexpr const char *ErrorSlotKind = "coro.error.slot";
static constexpr const char *PlainEndKind = "coro.plain.end";
static constexpr const char *AtOnceKind = "coro.at.once";
static constexpr const char *SilentKind = "coro.silent";
static constexpr const char *RequestedKind = "coro.requested";

static MDNode *numbers(LLVMContext &Context, ArrayRef<uint64_t> Values) {
  SmallVector<Metadata *, 4> Operands;
  Type *Int64 = Type::getInt64Ty(Context);
  for (uint64_t Value : Values)
    Operands.push_back(ConstantAsMetadata::get(ConstantInt::get(Int64, Value)));
  return MDNode::get(Context, Operands);
}

static uint64_t number(const MDNode &Node, unsigned Index) {
  return mdconst::extract<ConstantInt>(Node.getOperand(Index))->getZExtValue();
}

bool isCoroutine(const Function &F) { return F.hasMetadata(YieldsKind); }

void setCoroutine(Function &F, bool Is) {
  F.setMetadata(YieldsKind, Is ? MDNode::get(F.getContext(), {}) : nullptr);
}

bool neverWaits(const Function &F) { return F.hasMetadata(NeverWaitsKind); }

void setNeverWaits(Function &F, bool Never) {
  F.setMetadata(NeverWaitsKind,
                Never ? MDNode::get(F.getContext(), {}) : nullptr);
}

bool isGeneric(const Function &F) { return F.hasMetadata(GenericKind); }

void setGeneric(Function &F, bool Is) {
  F.setMetadata(GenericKind, Is ? MDNode::get(F.getContext(), {}) : nullptr);
}

void setCopy(Function &F, const Function &Of, const Function &Root) {
  LLVMContext &C = F.getContext();
  F.setMetadata(CopyKind, MDNode::get(C, {MDString::get(C, Of.getName()),
                                          MDString::get(C, Root.getName())}));
}

bool isConsumer(const Function &F) { return F.hasMetadata(ConsumerKind); }

void setConsumer(Function &F, bool Is) {
  F.setMetadata(ConsumerKind, Is ? MDNode::get(F.getContext(), {}) : nullptr);
}

bool endsPlainly(const Function &F) { return F.hasMetadata(PlainEndKind); }

void setEndsPlainly(Function &F, bool Does) {
  F.setMetadata(PlainEndKind, Does ? MDNode::get(F.getContext(), {}) : nullptr);
}

bool cancelsAtOnce(const Function &F) { return F.hasMetadata(AtOnceKind); }

void setCancelsAtOnce(Function &F, bool Does) {
  F.setMetadata(AtOnceKind, Does ? MDNode::get(F.getContext(), {}) : nullptr);
}

bool cancelsSilently(const Function &F) { return F.hasMetadata(SilentKind); }

void setCancelsSilently(Function &F, bool Does) {
  F.setMetadata(SilentKind, Does ? MDNode::get(F.getContext(), {}) : nullptr);
}

bool isRequested(const Function &F) { return F.hasMetadata(RequestedKind); }

void setRequested(Function &F) {
  F.setMetadata(RequestedKind, MDNode::get(F.getContext(), {}));
}

std::optional<uint64_t> frameLimit(const Function &F) {
  if (const MDNode *Node = F.getMetadata(LimitKind))
    return number(*Node, 0);
  return std::nullopt;
}

void setFrameLimit(Function &F, uint64_t Bytes) {
  F.setMetadata(LimitKind, numbers(F.getContext(), {Bytes}));
}

std::optional<unsigned> structResultParameter(const FunctionType &Type,
                                              const AttributeList &Attributes) {
  for (unsigned I = 0; I < Type.getNumParams(); ++I)
    if (isStructResult(Attributes, I))
      return I;
  return std::nullopt;
}

bool isStructResult(const AttributeList &Attributes, unsigned Parameter) {
  return Attributes.hasParamAttr(Parameter, Attribute::StructRet) ||
         Attributes.hasParamAttr(Parameter, StructResultAttribute);
}

Type *structResultType(LLVMContext &Context, const AttributeList &Attributes,
                       unsigned Parameter) {
  if (Type *T = Attributes.getParamStructRetType(Parameter))
    return T;
  uint64_t Size = 0;
  (void)Attributes.getParamAttr(Parameter, StructResultAttribute)
      .getValueAsString()
      .getAsInteger(10, Size);
  return ArrayType::get(Type::getInt8Ty(Context), Size);
}

void setExchange(Function &F, Exchange What, uint64_t Size, uint64_t Align) {
  F.setMetadata(ExchangeKinds[static_cast<unsigned>(What)],
                numbers(F.getContext(), {Size, Align}));
}

static std::optional<std::pair<uint64_t, uint64_t>>
exchangeSize(const Function &F, Exchange What) {
  const MDNode *Node =
      F.getMetadata(ExchangeKinds[static_cast<unsigned>(What)]);
  if (!Node)
    return std::nullopt;
  return std::pair(number(*Node, 0), number(*Node, 1));
}

ResultPlace endArea(const ResultPlace &Result,
                    const std::optional<ResultPlace> &Error) {
  uint64_t End = CORO_RESULT_MIN_OFFSET;
  if (Result.Size)
    End = Result.Offset + Result.Size;
  if (Error && Error->Size)
    End = std::max(End, Error->Offset + Error->Size);
  return {CORO_RESULT_MIN_OFFSET, End - CORO_RESULT_MIN_OFFSET, 1};
}

ResultPlace endArea(const Function &F) {
  return endArea(resultPlace(F), exchangePlace(F, Exchange::Error));
}

ResultPlace placeBehind(const ResultPlace &End, uint64_t Size, uint64_t Align) {
  return {alignTo(End.Offset + End.Size, Align), Size, Align};
}

std::optional<ResultPlace> exchangePlace(const Function &F, Exchange What) {
  if (What == Exchange::Result)
    return resultPlace(F);
  auto Known = exchangeSize(F, What);
  if (!Known)
    return std::nullopt;
  // There is an error or a result, never both.
  if (What == Exchange::Error)
    return resultPlace(Known->first, Known->second);
  return placeBehind(endArea(F), Known->first, Known->second);
}

bool raises(const Function &F) {
  return F.hasMetadata(ExchangeKinds[static_cast<unsigned>(Exchange::Error)]);
}

ExchangeArea exchangeArea(const Function &F) {
  ExchangeArea Area{0, 0, 1};
  for (Exchange What : {Exchange::Value, Exchange::Received})
    if (std::optional<ResultPlace> Place = exchangePlace(F, What))
      Area = {Area.End ? std::min(Area.Begin, Place->Offset) : Place->Offset,
              std::max(Area.End, Place->Offset + Place->Size),
              std::max(Area.Align, Place->Align)};
  return Area;
}

ResultPlace resultPlace(uint64_t CSize, uint64_t CAlign) {
  return {alignTo(CORO_RESULT_MIN_OFFSET, CAlign), CSize, CAlign};
}

ResultPlace resultPlace(const Function &F) {
  if (auto Known = exchangeSize(F, Exchange::Result))
    return resultPlace(Known->first, Known->second);
  // Hand-written IR: the type it returns is all there is.
  const DataLayout &DL = F.getParent()->getDataLayout();
  Type *Result = F.getReturnType();
  if (hasOutcome(F))
    Result = resultInForm(Result);
  MaybeAlign Given;
  if (auto Parameter =
          structResultParameter(*F.getFunctionType(), F.getAttributes())) {
    Result = structResultType(F.getContext(), F.getAttributes(), *Parameter);
    Given = F.getParamAlign(*Parameter);
  }
  if (Result->isVoidTy())
    return resultPlace(0, 1);
  return resultPlace(DL.getTypeAllocSize(Result).getFixedValue(),
                     Given.value_or(DL.getABITypeAlign(Result)).value());
}

std::optional<FrameFacts> frameFacts(const Function &F) {
  if (const MDNode *Node = F.getMetadata(FrameKind))
    return FrameFacts{number(*Node, 0), number(*Node, 1), number(*Node, 2),
                      number(*Node, 3)};
  std::optional<uint64_t> Limit = frameLimit(F);
  if (!Limit)
    return std::nullopt;
  ResultPlace Result = resultPlace(F);
  // A promise too small for these is reported where F is compiled.
  ResultPlace End = endArea(F);
  Limit = std::max({*Limit, End.Offset + End.Size, exchangeArea(F).End});
  return FrameFacts{alignTo(*Limit, CORO_CONTRACT_ALIGN), CORO_CONTRACT_ALIGN,
                    Result.Offset, Result.Size};
}

void setFrameFacts(Function &F, const FrameFacts &Facts) {
  F.setMetadata(FrameKind, numbers(F.getContext(),
                                   {Facts.Size, Facts.Align, Facts.ResultOffset,
                                    Facts.ResultSize}));
}

std::optional<unsigned> suspendStates(const Function &F) {
  const MDNode *Node = F.getMetadata(StatesKind);
  return Node ? std::optional<unsigned>(number(*Node, 0)) : std::nullopt;
}

void setSuspendStates(Function &F, unsigned States) {
  F.setMetadata(StatesKind, numbers(F.getContext(), {States}));
}

void setChildFrame(AllocaInst &Frame, Function &Callee) {
  Frame.setMetadata(ChildKind, MDNode::get(Frame.getContext(),
                                           ValueAsMetadata::get(&Callee)));
}

Function *childOf(const AllocaInst &Frame) {
  const MDNode *Node = Frame.getMetadata(ChildKind);
  if (!Node)
    return nullptr;
  return mdconst::dyn_extract_or_null<Function>(Node->getOperand(0));
}

void setInlinedFrom(AllocaInst &Variable, const Function &Callee) {
  LLVMContext &Context = Variable.getContext();
  if (!Variable.hasMetadata(InlinedKind))
    Variable.setMetadata(
        InlinedKind,
        MDNode::get(Context, MDString::get(Context, Callee.getName())));
}

StringRef inlinedFrom(const AllocaInst &Variable) {
  const MDNode *Node = Variable.getMetadata(InlinedKind);
  return Node ? cast<MDString>(Node->getOperand(0))->getString() : "";
}

void forgetOrigin(AllocaInst &Variable) {
  Variable.setMetadata(ChildKind, nullptr);
  Variable.setMetadata(InlinedKind, nullptr);
}

void setResultSlot(AllocaInst &Slot) {
  Slot.setMetadata(ResultKind, MDNode::get(Slot.getContext(), {}));
}

bool isResultSlot(const AllocaInst &Slot) {
  return Slot.hasMetadata(ResultKind);
}

void setErrorSlot(AllocaInst &Slot) {
  Slot.setMetadata(ErrorSlotKind, MDNode::get(Slot.getContext(), {}));
}

bool isErrorSlot(const AllocaInst &Slot) {
  return Slot.hasMetadata(ErrorSlotKind);
}

} // namespace coro
