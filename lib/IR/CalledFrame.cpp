//===-- CalledFrame.cpp - A frame as part of its caller's -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "IR/CalledFrame.h"
#include "IR/Facts.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/Metadata.h"
#include "llvm/IR/Type.h"

using namespace llvm;

namespace coro {

static constexpr StringLiteral CalledKind = "coro.called";

std::optional<CalledFrame> calledFrame(const Function &F) {
  if (const MDNode *Node = F.getMetadata(CalledKind)) {
    auto number = [Node](unsigned Index) {
      return mdconst::extract<ConstantInt>(Node->getOperand(Index))
          ->getZExtValue();
    };
    return CalledFrame{number(0), number(1), number(2)};
  }
  std::optional<FrameFacts> Facts = frameFacts(F);
  if (!Facts)
    return std::nullopt;
  return CalledFrame{Facts->Size, Facts->Align, Facts->Size};
}

void setCalledFrame(Function &F, const CalledFrame &Called) {
  SmallVector<Metadata *, 3> Numbers;
  for (uint64_t Number : {Called.Size, Called.Align, Called.MostAlive})
    Numbers.push_back(ConstantAsMetadata::get(
        ConstantInt::get(Type::getInt64Ty(F.getContext()), Number)));
  F.setMetadata(CalledKind, MDNode::get(F.getContext(), Numbers));
}

} // namespace coro
