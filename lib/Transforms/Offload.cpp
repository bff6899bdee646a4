//===-- Offload.cpp - Calls that run on another thread --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Part of effect-lower. A call of f on another thread becomes one of f.offload,
// which is a coroutine like any other, made once for each f, of f's own type.
// So the call needs nothing of its own: its frame, its result and its end are
// those of every call.
//
//   yields T f.offload(P p) {          void f.run(struct work *work) {
//     struct work {                      work->result = f(work->p);
//       coro_work header;              }
//       P p;
//       T result;
//     } work = {.p = p};
//     coro_offload_call(&work.header, f.run);
//     return work.result;
//   }
//
// Another thread reads and writes the struct, while f.offload waits. Pointers
// to arguments and results that are passed in memory are parameters like
// others.
//
//===----------------------------------------------------------------------===//

#include "Transforms/Offload.h"
#include "IR/Facts.h"
#include "IR/Markers.h"
#include "Transforms/BindTask.h"
#include "Transforms/LowerGenerators.h"
#include "llvm/ADT/Statistic.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Module.h"

#define DEBUG_TYPE "effect-lower"

using namespace llvm;

STATISTIC(NumOffloaded, "Number of functions that other threads run");

namespace coro {

static constexpr unsigned SizeArgument = 0, CallArgument = 1,
                          CalleeArgument = 2;

namespace {
/// Makes f.offload and f.run for one f, as one call of it says.
class Offloading {
  const CallBase &Call;
  Function &F;
  Module &M;
  StructType *Work;

  Function *create(FunctionType *Type, StringRef Suffix) const;
  void setResult(Function &Offload) const;
  bool hasResult() const { return !F.getReturnType()->isVoidTy(); }

public:
  Offloading(const CallBase &Call, Function &F, uint64_t HeaderSize);
  Function *makeRun() const;
  Function *makeOffload(Function &Wait, Function &Run) const;
};
} // namespace

/// { coro_work, a parameter each, the result }.
Offloading::Offloading(const CallBase &Call, Function &F, uint64_t HeaderSize)
    : Call(Call), F(F), M(*F.getParent()) {
  LLVMContext &Context = M.getContext();
  IntegerType *Word = M.getDataLayout().getIntPtrType(Context);
  uint64_t WordSize = M.getDataLayout().getTypeAllocSize(Word);
  SmallVector<Type *, 8> Fields = {ArrayType::get(Word, HeaderSize / WordSize)};
  append_range(Fields, F.getFunctionType()->params());
  if (hasResult())
    Fields.push_back(F.getReturnType());
  Work = StructType::get(Context, Fields);
}

/// A function that is compiled as the one is that has the call.
Function *Offloading::create(FunctionType *Type, StringRef Suffix) const {
  Function *New =
      Function::Create(Type, GlobalValue::InternalLinkage, F.getAddressSpace(),
                       F.getName() + Suffix, &M);
  AttributeSet Own = Call.getFunction()->getAttributes().getFnAttrs();
  New->setAttributes(AttributeList::get(M.getContext(), Own, {}, {}));
  New->setDSOLocal(true);
  BasicBlock::Create(M.getContext(), "entry", New);
  return New;
}

Function *Offloading::makeRun() const {
  LLVMContext &Context = M.getContext();
  Type *Pointer = PointerType::getUnqual(Context);
  Function *Run = create(
      FunctionType::get(Type::getVoidTy(Context), {Pointer}, false), ".run");
  IRBuilder<> B(&Run->getEntryBlock());
  SmallVector<Value *, 8> Arguments;
  for (auto [I, T] : enumerate(F.getFunctionType()->params()))
    Arguments.push_back(B.CreateLoad(
        T, B.CreateStructGEP(Work, Run->getArg(0), unsigned(I) + 1)));
  CallInst *Result = B.CreateCall(&F, Arguments);
  Result->setCallingConv(Call.getCallingConv());
  Result->setAttributes(Call.getAttributes().removeFnAttributes(Context));
  if (hasResult())
    B.CreateStore(Result, B.CreateStructGEP(Work, Run->getArg(0),
                                            Work->getNumElements() - 1));
  B.CreateRetVoid();
  return Run;
}

/// The frame is nobody's to look into: a result has the size that the IR gives
/// it.
void Offloading::setResult(Function &Offload) const {
  const DataLayout &DL = M.getDataLayout();
  if (auto Parameter = structResultParameter(*F.getFunctionType(),
                                             Offload.getAttributes())) {
    Type *T =
        structResultType(M.getContext(), Offload.getAttributes(), *Parameter);
    // What the C type is aligned to, its IR type does not say.
    Align To = std::max(DL.getABITypeAlign(T),
                        Offload.getParamAlign(*Parameter).valueOrOne());
    setExchange(Offload, Exchange::Result, DL.getTypeAllocSize(T), To.value());
  } else if (hasResult()) {
    Type *T = F.getReturnType();
    setExchange(Offload, Exchange::Result, DL.getTypeAllocSize(T),
                DL.getABITypeAlign(T).value());
  }
}

Function *Offloading::makeOffload(Function &Wait, Function &Run) const {
  Function *Offload = create(F.getFunctionType(), ".offload");
  Offload->setCallingConv(Call.getCallingConv());
  AttributeSet Own = Offload->getAttributes().getFnAttrs();
  Offload->setAttributes(
      Call.getAttributes()
          .removeFnAttributes(M.getContext())
          .addFnAttributes(M.getContext(), AttrBuilder(M.getContext(), Own)));
  setCoroutine(*Offload);
  setResult(*Offload);
  IRBuilder<> B(&Offload->getEntryBlock());
  AllocaInst *Header = B.CreateAlloca(Work, nullptr, "work");
  for (Argument &Each : Offload->args())
    B.CreateStore(&Each, B.CreateStructGEP(Work, Header, Each.getArgNo() + 1));
  B.CreateCall(&Wait, {Header, &Run});
  if (!hasResult()) {
    B.CreateRetVoid();
    return Offload;
  }
  unsigned Last = Work->getNumElements() - 1;
  B.CreateRet(
      B.CreateLoad(F.getReturnType(), B.CreateStructGEP(Work, Header, Last)));
  return Offload;
}

static Function *offloadOf(const CallBase &Call, Function &F, Function &Wait,
                           uint64_t HeaderSize) {
  Function *Known =
      F.getParent()->getFunction((F.getName() + ".offload").str());
  if (Known)
    return Known;
  Offloading Make(Call, F, HeaderSize);
  ++NumOffloaded;
  return Make.makeOffload(Wait, *Make.makeRun());
}

void lowerOffload(CallBase &MarkerCall, const PassConfig &Config) {
  Function *F = functionOperand(MarkerCall.getArgOperand(CalleeArgument));
  Function *Wait = functionOperand(MarkerCall.getArgOperand(CallArgument));
  auto *Size = dyn_cast<ConstantInt>(MarkerCall.getArgOperand(SizeArgument));
  CallBase *Call = callThrough(MarkerCall);
  if (!Call || !F || !Wait || !Size)
    return eraseCall(&MarkerCall);
  if (Call->getFunctionType() != F->getFunctionType()) {
    Config.report(makeProblem(DiagID::TooFewArguments, *Call->getFunction(),
                              Call, {F->getName().str()}),
                  *F);
    eraseCall(Call);
  } else {
    Call->setCalledFunction(offloadOf(*Call, *F, *Wait, Size->getZExtValue()));
  }
  // -fsanitize=function looks at what the marker claims to return.
  MarkerCall.replaceAllUsesWith(F);
  eraseCall(&MarkerCall);
}

} // namespace coro
