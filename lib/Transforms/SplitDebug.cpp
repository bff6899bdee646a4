//===-- SplitDebug.cpp - Variables of a frame, for the debugger -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// clang declares a variable where its scope begins, with the address that the
// variable has; after the split that is an address computed at the top of the
// part, and in f.poll the place of the declaration may be gone. So each is
// declared again at the top, in terms of the frame or, if the part has it to
// itself, of its stack. In optimised code the frame
// is a parameter; at -O0 it is kept in a variable of its own, because a
// parameter's register does not last.
//
//===----------------------------------------------------------------------===//

#include "Transforms/SplitDebug.h"
#include "llvm/BinaryFormat/Dwarf.h"
#include "llvm/IR/DebugInfo.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/DebugProgramInstruction.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace coro {

/// Bytes from the frame to the address, if that is what it is.
static std::optional<uint64_t>
offsetInFrame(const Value *Address, const Value *Frame, const DataLayout &DL) {
  if (!Address)
    return std::nullopt;
  APInt Offset(DL.getIndexTypeSizeInBits(Frame->getType()), 0);
  const Value *Base =
      Address->stripAndAccumulateConstantOffsets(DL, Offset, true);
  if (Base != Frame)
    return std::nullopt;
  return Offset.getZExtValue();
}

static SmallVector<DbgVariableRecord *, 8> declarations(Function &Part) {
  SmallVector<DbgVariableRecord *, 8> Found;
  for (Instruction &I : instructions(Part))
    for (DbgVariableRecord &Record : filterDbgVars(I.getDbgRecordRange()))
      if (Record.isDbgDeclare())
        Found.push_back(&Record);
  return Found;
}

/// For all that comes after the entry, however it is reached.
static void declareAtEntry(DbgVariableRecord &Record, BasicBlock &Entry) {
  Record.removeFromParent();
  Entry.insertDbgRecordBefore(&Record, Entry.getTerminator()->getIterator());
}

void describeVariables(Function &Part, Value *Frame, BasicBlock *Entry) {
  SmallVector<DbgVariableRecord *, 8> Declared = declarations(Part);
  if (Declared.empty())
    return;
  const DataLayout &DL = Part.getParent()->getDataLayout();
  Value *Base = Frame;
  bool ByVariable = Part.hasOptNone();
  for (DbgVariableRecord *Record : Declared) {
    std::optional<uint64_t> Offset =
        offsetInFrame(Record->getVariableLocationOp(0), Frame, DL);
    if (!Offset) {
      const auto *Own =
          dyn_cast_or_null<AllocaInst>(Record->getVariableLocationOp(0));
      // One that this part never uses holds nothing.
      if (Own && Own->getParent() == Entry && !Own->use_empty())
        declareAtEntry(*Record, *Entry);
      continue;
    }
    if (ByVariable && Base == Frame) {
      IRBuilder<> B(Entry, Entry->begin());
      AllocaInst *Kept =
          B.CreateAlloca(Frame->getType(), nullptr, "coro.frame.address");
      B.SetInsertPoint(Entry, std::next(Kept->getIterator()));
      B.CreateStore(Frame, Kept);
      Base = Kept;
    }
    SmallVector<uint64_t, 4> Operations;
    if (ByVariable)
      Operations.push_back(dwarf::DW_OP_deref);
    Operations.push_back(dwarf::DW_OP_plus_uconst);
    Operations.push_back(*Offset);
    append_range(Operations, Record->getExpression()->getElements());
    Record->setExpression(DIExpression::get(Part.getContext(), Operations));
    Record->replaceVariableLocationOp(0u, Base);
    declareAtEntry(*Record, *Entry);
  }
}

} // namespace coro
