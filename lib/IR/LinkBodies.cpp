//===-- LinkBodies.cpp - Bodies that wait for the link --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "IR/LinkBodies.h"
#include "IR/Facts.h"
#include "IR/Markers.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Metadata.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace coro {

static constexpr const char *BodyKindName = "coro.body";
static constexpr const char *SealKind = "coro.sealed";

/// A seal sets the first two; the others cannot stand beside them.
static constexpr Attribute::AttrKind Sealed[] = {
    Attribute::OptimizeNone,    Attribute::NoInline, Attribute::AlwaysInline,
    Attribute::OptimizeForSize, Attribute::MinSize,  Attribute::InlineHint};

static MDNode *number(LLVMContext &Context, uint64_t Value) {
  return MDNode::get(Context, ConstantAsMetadata::get(ConstantInt::get(
                                  Type::getInt64Ty(Context), Value)));
}

static std::optional<uint64_t> numberOf(const Function &F, StringRef Kind) {
  const MDNode *Node = F.getMetadata(Kind);
  if (!Node)
    return std::nullopt;
  return mdconst::extract<ConstantInt>(Node->getOperand(0))->getZExtValue();
}

void seal(Function &F) {
  uint64_t Had = 0;
  for (auto [Bit, Kind] : enumerate(Sealed)) {
    Had |= uint64_t(F.hasFnAttribute(Kind)) << Bit;
    F.removeFnAttr(Kind);
  }
  F.addFnAttr(Attribute::OptimizeNone);
  F.addFnAttr(Attribute::NoInline);
  F.setMetadata(SealKind, number(F.getContext(), Had));
}

void unseal(Function &F) {
  std::optional<uint64_t> Had = numberOf(F, SealKind);
  if (!Had)
    return;
  F.setMetadata(SealKind, nullptr);
  for (auto [Bit, Kind] : enumerate(Sealed)) {
    F.removeFnAttr(Kind);
    if (*Had >> Bit & 1)
      F.addFnAttr(Kind);
  }
}

void setBody(Function &F, BodyKind Kind) {
  setCoroutine(F, false);
  F.setMetadata(BodyKindName,
                number(F.getContext(), static_cast<uint64_t>(Kind)));
  if (!F.isDeclaration())
    seal(F);
}

std::optional<BodyKind> bodyKind(const Function &F) {
  if (std::optional<uint64_t> Kind = numberOf(F, BodyKindName))
    return static_cast<BodyKind>(*Kind);
  return std::nullopt;
}

void clearBody(Function &F) {
  unseal(F);
  F.setMetadata(BodyKindName, nullptr);
  setCoroutine(F);
}

void dropCode(Function &F) {
  SmallVector<std::pair<unsigned, MDNode *>, 8> Known;
  F.getAllMetadata(Known);
  F.deleteBody(); // and its metadata
  F.setComdat(nullptr);
  for (auto [Kind, Node] : Known)
    if (Kind != LLVMContext::MD_dbg)
      F.setMetadata(Kind, Node);
}

CallInst *createNote(Instruction &Before, LinkNote Kind,
                     ArrayRef<Value *> Operands) {
  IRBuilder<> B(&Before);
  // A call that could be inlined needs a line where its caller has lines; this
  // one never is.
  B.SetCurrentDebugLocation(DebugLoc());
  FunctionCallee Note =
      declareMarker(*Before.getModule(), Marker::Link,
                    FunctionType::get(B.getInt32Ty(), {B.getInt32Ty()}, true));
  SmallVector<Value *, 8> All = {B.getInt32(static_cast<unsigned>(Kind))};
  append_range(All, Operands);
  return B.CreateCall(Note, All);
}

LinkNote noteKind(const CallBase &Note) {
  return static_cast<LinkNote>(
      cast<ConstantInt>(Note.getArgOperand(0))->getZExtValue());
}

} // namespace coro
