//===-- Borrowed.cpp - Contexts that a call borrows -----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "IR/Borrowed.h"
#include "Support/Compat.h"

using namespace llvm;

namespace coro {

static constexpr StringLiteral Borrowed = "coro-borrowed";

void borrowContext(Function &F, unsigned Parameter) {
  F.addParamAttr(Parameter, noCapture(F.getContext()));
  F.addParamAttr(Parameter, Attribute::get(F.getContext(), Borrowed));
}

static bool isBorrowed(const CallBase &Call, unsigned Argument) {
  const Function *F = Call.getCalledFunction();
  return Call.getAttributes().hasParamAttr(Argument, Borrowed) ||
         (F && F->getAttributes().hasParamAttr(Argument, Borrowed));
}

void lendContext(CallBase &Call, unsigned Argument) {
  if (isBorrowed(Call, Argument))
    return;
  LLVMContext &C = Call.getContext();
  Call.addParamAttr(Argument, noCapture(C));
  Call.addParamAttr(Argument, Attribute::get(C, Borrowed));
}

bool isLentTo(const Value &Context, const CallBase &Call) {
  for (unsigned I = 0; I < Call.arg_size(); ++I)
    if (Call.getArgOperand(I) == &Context && isBorrowed(Call, I))
      return true;
  return false;
}

} // namespace coro
