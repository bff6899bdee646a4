//===-- LoopFlags.cpp - What coro_for notes beside its task ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Part of frame-prepare. The macro can declare variables of one type alone, so
// a loop's task and its two flags are one struct:
//
//     struct { task; int more; bool fell; } loop
//
// The task's address is given to its functions, and with it, as far as anybody
// can tell, that of the flags. But these functions touch the task's bytes
// alone. So each flag becomes a variable, and then a value, which is mostly
// known: in the loop's body, `more` is 1 and `fell` is 0.
//
// It stays as it is where a flag is anything but loaded and stored (sanitizers
// ask for addresses), or where something touches the whole.
//
//===----------------------------------------------------------------------===//

#include "Transforms/LoopFlags.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/DataLayout.h"
#include "llvm/IR/DebugInfo.h"
#include "llvm/IR/DebugProgramInstruction.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace coro {

static constexpr const char *LoopKind = "coro.loop";

void noteLoopFlags(Value &Variable, uint64_t Offset) {
  auto *A = dyn_cast<AllocaInst>(&Variable);
  if (!A)
    return;
  Type *Int64 = Type::getInt64Ty(A->getContext());
  A->setMetadata(LoopKind, MDNode::get(A->getContext(),
                                       ConstantAsMetadata::get(
                                           ConstantInt::get(Int64, Offset))));
}

static std::optional<uint64_t> flagsOffset(const AllocaInst &A) {
  const MDNode *Node = A.getMetadata(LoopKind);
  if (!Node)
    return std::nullopt;
  return mdconst::extract<ConstantInt>(Node->getOperand(0))->getZExtValue();
}

namespace {
/// The uses of one loop's variable.
class LoopVariable {
  AllocaInst &A;
  const DataLayout &DL;
  const uint64_t TaskSize;
  /// Accesses of the flags, by offset.
  MapVector<uint64_t, SmallVector<Instruction *, 8>> Flags;

  bool addFlagUse(Instruction &I, const Value &Address, uint64_t Offset);
  bool addUse(Instruction &I, const Value &Address, uint64_t Offset);
  bool addUses(Value &Address, uint64_t Offset);
  void shorten();

public:
  LoopVariable(AllocaInst &A, uint64_t TaskSize)
      : A(A), DL(A.getModule()->getDataLayout()), TaskSize(TaskSize) {}
  bool split();
};
} // namespace

bool LoopVariable::addFlagUse(Instruction &I, const Value &Address,
                              uint64_t Offset) {
  auto *Load = dyn_cast<LoadInst>(&I);
  auto *Store = dyn_cast<StoreInst>(&I);
  bool Plain =
      (Load && Load->isSimple()) ||
      (Store && Store->isSimple() && Store->getPointerOperand() == &Address);
  if (!Plain || !getLoadStoreType(&I)->isIntegerTy())
    return false;
  SmallVector<Instruction *, 8> &Accesses = Flags[Offset];
  Accesses.push_back(&I);
  return getLoadStoreType(Accesses.front()) == getLoadStoreType(&I);
}

/// Something is done with Address, which is Offset bytes into the variable.
bool LoopVariable::addUse(Instruction &I, const Value &Address,
                          uint64_t Offset) {
  if (auto *Step = dyn_cast<GetElementPtrInst>(&I)) {
    APInt To(DL.getIndexTypeSizeInBits(Step->getType()), Offset);
    return Step->accumulateConstantOffset(DL, To)
               ? addUses(*Step, To.getZExtValue())
               : Offset < TaskSize;
  }
  if (Offset >= TaskSize)
    return addFlagUse(I, Address, Offset);
  auto *Whole = dyn_cast<MemIntrinsic>(&I);
  auto *Length = Whole ? dyn_cast<ConstantInt>(Whole->getLength()) : nullptr;
  return !Whole || (Length && Offset + Length->getZExtValue() <= TaskSize);
}

bool LoopVariable::addUses(Value &Address, uint64_t Offset) {
  return all_of(Address.users(), [&](User *U) {
    return addUse(*cast<Instruction>(U), Address, Offset);
  });
}

/// The variable becomes the task alone.
void LoopVariable::shorten() {
  A.setAllocatedType(ArrayType::get(Type::getInt8Ty(A.getContext()), TaskSize));
  for (DbgVariableRecord *Record : findDVRDeclares(&A))
    if (auto Part = DIExpression::createFragmentExpression(
            Record->getExpression(), 0, TaskSize * 8))
      Record->setExpression(*Part);
}

bool LoopVariable::split() {
  if (!addUses(A, 0))
    return false;
  IRBuilder<> B(&A);
  for (auto &[Offset, Accesses] : Flags) {
    (void)Offset;
    AllocaInst *Flag = B.CreateAlloca(getLoadStoreType(Accesses.front()));
    for (Instruction *I : Accesses)
      I->setOperand(isa<LoadInst>(I) ? LoadInst::getPointerOperandIndex()
                                     : StoreInst::getPointerOperandIndex(),
                    Flag);
  }
  shorten();
  return true;
}

bool splitLoopFlags(Function &F) {
  bool Changed = false;
  for (Instruction &I : make_early_inc_range(F.getEntryBlock())) {
    auto *A = dyn_cast<AllocaInst>(&I);
    std::optional<uint64_t> TaskSize = A ? flagsOffset(*A) : std::nullopt;
    if (!TaskSize)
      continue;
    A->setMetadata(LoopKind, nullptr);
    Changed |= LoopVariable(*A, *TaskSize).split();
  }
  return Changed;
}

} // namespace coro
