//===-- StartPart.cpp - f.start and f.bind --------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// f.start is the function from the top, with its arguments in registers. At a
// suspension it stores the state index and returns PENDING; what follows is
// gone. At the end it returns the result, and there is no more to the frame.
// f.bind stores the arguments for a poll that will call f.start.
//
//===----------------------------------------------------------------------===//

#include "Analysis/FrameLayout.h"
#include "IR/Facts.h"
#include "IR/Outcome.h"
#include "IR/Parts.h"
#include "Transforms/PartBuilder.h"
#include "Transforms/SplitDebug.h"
#include "coro/abi.h"

using namespace llvm;

namespace coro {

namespace {
class StartBuilder : PartBuilder {
public:
  using PartBuilder::PartBuilder;
  void build();
};
} // namespace

void StartBuilder::build() {
  unsigned Index = leadingParameters(*F.getFunctionType());
  for (unsigned Parameter : passedParameters(F)) {
    Argument *To = Part.getArg(Index++);
    To->setName(F.getArg(Parameter)->getName());
    Map[F.getArg(Parameter)] = To;
  }
  // The places of a struct result and an error are variables of the frame now.
  for (Argument &A : F.args())
    if (isStructResult(F.getAttributes(), A.getArgNo()) ||
        &A == errorParameter(F))
      Map[&A] = PoisonValue::get(A.getType());
  clone(/*AtTop=*/true);
  if (F.isVarArg()) {
    IRBuilder<> B(&*Part.getEntryBlock().begin());
    Context = B.CreateLoad(
        frame()->getType(),
        B.CreateConstInBoundsGEP1_64(
            B.getInt8Ty(), frame(),
            variadicContextOffset(F.getParent()->getDataLayout())));
  }
  // A consumer goes on with the frame; a caller has done with it.
  SaysItEnded = isGenerator(F);
  KeepsResult = isGenerator(F) || !Part.getReturnType()->isStructTy();
  replaceParameters();
  lowerSuspensions();
  describeVariables(Part, frame(), &Part.getEntryBlock());
  finish(/*Cancelled=*/false);
}

void buildStart(const Coroutine &C) {
  StartBuilder(C, *startOf(C.F), /*IsRoot=*/false).build();
}

/// void f.bind(frame, arguments...)
void buildBind(const Coroutine &C) {
  Function &F = C.F;
  Function &Bind = *bindOf(F);
  BasicBlock *Block = BasicBlock::Create(F.getContext(), "entry", &Bind);
  IRBuilder<> B(Block);
  Value *Frame = Bind.getArg(0);
  unsigned Index = 1;
  BoundArguments Bound(C);
  for (const BoundArgument &A : Bound.Arguments) {
    Value *To = B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), Frame, A.Offset);
    Argument &Parameter = *F.getArg(A.Parameter);
    Value *From = Bind.getArg(Index++);
    if (Parameter.hasByValAttr())
      B.CreateMemCpy(To, Align(A.Align), From, Parameter.getParamAlign(),
                     A.Size);
    else
      B.CreateAlignedStore(From, To, Align(A.Align));
  }
  B.CreateStore(C.state(CORO_STATE_BOUND), Frame);
  B.CreateRetVoid();
  Bind.setLinkage(F.getLinkage());
  Bind.setComdat(F.getComdat());
  // A handful of stores: worth it everywhere, but not at -O0.
  Bind.removeFnAttr(Attribute::AlwaysInline);
}

} // namespace coro
