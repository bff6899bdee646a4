//===-- PartBuilder.cpp - One copy of a coroutine -------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Markers become the part's parameters, addresses in the frame, and what is
// known in this part: in f.start and f.poll no suspension is ever the end, so
// the paths of cancellation go, and with them whatever they alone return.
//
//===----------------------------------------------------------------------===//

#include "Transforms/PartBuilder.h"
#include "IR/Facts.h"
#include "IR/Outcome.h"
#include "IR/Parts.h"
#include "IR/Result.h"
#include "IR/StartOnly.h"
#include "coro/abi.h"
#include "llvm/ADT/PostOrderIterator.h"
#include "llvm/Analysis/ConstantFolding.h"
#include "llvm/Analysis/InstructionSimplify.h"
#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/InlineAsm.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/Cloning.h"
#include "llvm/Transforms/Utils/Local.h"

using namespace llvm;

namespace coro {

void PartBuilder::storeState(IRBuilder<> &B, unsigned State) {
  B.CreateStore(C.state(State), frame());
}

void PartBuilder::storePoint(IRBuilder<> &B, const SuspendPoint &Point) {
  if (Point.States == 1)
    return storeState(B, Point.State);
  StateIndex Child = Point.childStates();
  Value *Its = Child.decode(B, Child.load(B, Map.lookup(Point.child())));
  States.store(B, frame(),
               B.CreateAdd(Its, B.getInt32(Point.State - CORO_STATE_FIRST)));
}

void PartBuilder::clone(bool AtTop) {
  SmallVector<ReturnInst *, 4> Ends;
  AttributeList Attributes = Part.getAttributes();
  CallingConv::ID Convention = Part.getCallingConv();
  CloneFunctionInto(&Part, &F, Map, CloneFunctionChangeType::LocalChangesOnly,
                    Ends);
  append_range(Returns, Ends);
  // The copy took over what is the source function's alone.
  Part.setAttributes(Attributes);
  Part.setLinkage(F.getLinkage());
  Part.setCallingConv(Convention);
  SmallVector<std::pair<unsigned, MDNode *>, 4> Metadata;
  F.getAllMetadata(Metadata);
  for (auto [Kind, Node] : Metadata)
    if (!isa<DISubprogram>(Node))
      Part.setMetadata(Kind, nullptr);
  Part.setComdat(F.getComdat());
  for (Instruction &I : make_early_inc_range(instructions(Part))) {
    if (!isStartOnly(I))
      continue;
    if (AtTop)
      setStartOnly(cast<StoreInst>(I), false);
    else
      I.eraseFromParent();
  }
}

/// By may be null where nothing uses it.
static void replace(CallBase *Call, Value *By) {
  if (auto *Invoke = dyn_cast<InvokeInst>(Call))
    Call = changeToCall(Invoke);
  if (By && isa<Constant>(By)) {
    WeakVH Left(Call);
    replaceAndRecursivelySimplify(Call, By);
    if (!Left)
      return;
  } else if (By) {
    Call->replaceAllUsesWith(By);
  }
  Call->eraseFromParent();
}

/// Comparisons of an outcome or a status that has become known.
static bool foldComparisons(BasicBlock &Block) {
  bool Changed = false;
  const DataLayout &DL = Block.getModule()->getDataLayout();
  for (Instruction &I : make_early_inc_range(Block))
    if (isa<CmpInst, SelectInst>(I))
      if (Constant *Known = ConstantFoldInstruction(&I, DL)) {
        I.replaceAllUsesWith(Known);
        I.eraseFromParent();
        Changed = true;
      }
  return Changed;
}

/// Values that are the same on all ways that are left.
static bool foldPhis(BasicBlock &Block) {
  auto foldOne = [&Block] {
    for (PHINode &Phi : Block.phis())
      if (Value *Only = Phi.hasConstantValue(); Only && Only != &Phi) {
        replaceAndRecursivelySimplify(&Phi, Only);
        return true; // that may have removed others
      }
    return false;
  };
  bool Changed = false;
  while (foldOne())
    Changed = true;
  return Changed;
}

/// Follows what is a constant by now into branches and out of blocks that
/// nothing leads to any more. A block comes after those that lead to it, so
/// that without loops once is enough.
static void foldConstants(Function &Part) {
  bool Changed = true;
  while (Changed) {
    Changed = false;
    ReversePostOrderTraversal<Function *> Order(&Part);
    for (BasicBlock *Block : Order) {
      if (Block != &Part.getEntryBlock() && pred_empty(Block)) {
        changeToUnreachable(&Block->front());
        Changed = true;
        continue;
      }
      Changed |= foldPhis(*Block);
      Changed |= foldComparisons(*Block);
      Changed |= ConstantFoldTerminator(Block, /*DeleteDeadConditions=*/true);
    }
    Changed |= EliminateUnreachableBlocks(Part);
  }
}

/// Replaces the markers that stand for the parameters every part has.
void PartBuilder::replaceParameters() {
  for (auto [Which, Argument] :
       {std::pair(Marker::Frame, frame()), std::pair(Marker::Self, context())})
    for (CallBase *Call : callsOf(Part, Which))
      replace(Call, Argument);
  for (CallBase *Call : callsOf(Part, Marker::Exchange)) {
    IRBuilder<> B(Call);
    auto What = static_cast<Exchange>(
        cast<ConstantInt>(Call->getArgOperand(0))->getZExtValue());
    uint64_t Offset = exchangePlace(F, What).value_or(ResultPlace()).Offset;
    replace(Call, B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), frame(), Offset));
  }
}

void PartBuilder::foldCancellation(bool Cancelled) {
  EliminateUnreachableBlocks(Part);
  for (CallBase *Call : callsOf(Part, Marker::Shield))
    replace(Call, nullptr);
  Value *Known = ConstantInt::getBool(F.getContext(), Cancelled);
  for (CallBase *Call : callsOf(Part, Marker::Cancelled))
    replace(Call, Known);
  // Where no wait has given a status, nothing uses it.
  for (CallBase *Call : callsOf(Part, Marker::Status))
    replace(Call, PoisonValue::get(Call->getType()));
  if (!callsOf(F, Marker::Cancelled).empty() ||
      !callsOf(F, Marker::Status).empty())
    foldConstants(Part);
}

/// The outcome that a return says, and the result if that is Done.
static std::pair<Value *, Value *> returned(IRBuilder<> &B, Value *Both) {
  auto part = [&](unsigned Index) -> Value * {
    if (Value *Inserted = FindInsertedValue(Both, {Index}))
      return Inserted;
    return B.CreateExtractValue(Both, Index);
  };
  if (!isa<StructType>(Both->getType()))
    return {Both, nullptr};
  return {part(1), part(0)};
}

/// Outcomes 1 and 2 are the statuses 3 and 4.
static Value *statusOf(IRBuilder<> &B, Value *How) {
  static_assert(CORO_RAISED == 2 + int(Outcome::Raised) &&
                CORO_CANCELLED == 2 + int(Outcome::Cancelled));
  return B.CreateAdd(B.CreateZExt(How, B.getInt32Ty()), B.getInt32(2));
}

void PartBuilder::returnStatus(IRBuilder<> &B, Value *Status, Value *Result) {
  Type *T = Part.getReturnType();
  if (!T->isStructTy()) {
    B.CreateRet(Status);
    return;
  }
  Value *Both = B.CreateInsertValue(PoisonValue::get(T), Status, 0);
  B.CreateRet(Result ? B.CreateInsertValue(Both, Result, 1) : Both);
}

/// Up to how many suspensions each returns by itself.
static constexpr unsigned MaxOwnReturns = 256;
/// How many share a return beyond that.
static constexpr unsigned ReturnsShared = 64;

/// An instruction that takes no time, and that no pass looks through.
static void keepBlock(IRBuilder<> &B) {
  auto *Type = FunctionType::get(B.getVoidTy(), false);
  CallInst *Barrier =
      B.CreateCall(InlineAsm::get(Type, "", "", /*hasSideEffects=*/true));
  Barrier->setMemoryEffects(MemoryEffects::inaccessibleMemOnly());
  Barrier->setDoesNotThrow();
  Barrier->addFnAttr(Attribute::WillReturn);
}

void PartBuilder::returnSuspended(IRBuilder<> &B, Value *Status) {
  if (C.Points.size() <= MaxOwnReturns || F.hasOptNone() ||
      !isa<ConstantInt>(Status))
    return returnStatus(B, Status);
  SharedReturn &Shared = SharedReturns[Status];
  if (Shared.Uses++ % ReturnsShared == 0) {
    Shared.Block = block("coro.suspended");
    IRBuilder<> At(Shared.Block);
    keepBlock(At);
    returnStatus(At, Status);
  }
  keepBlock(B);
  B.CreateBr(Shared.Block);
}

/// The end: the result into its place, and nothing left to resume.
void PartBuilder::lowerReturns() {
  ResultPlace Place = resultPlace(F);
  bool Signed = returnsSigned(F);
  for (WeakVH &End : Returns) {
    auto *Return = cast_or_null<ReturnInst>(End);
    if (!Return)
      continue;
    IRBuilder<> B(Return);
    Value *Result = Return->getReturnValue();
    auto *Done = outcomeConstant(F.getContext(), Outcome::Done);
    Value *How = Done;
    if (hasOutcome(F))
      std::tie(How, Result) = returned(B, Result);
    if (How != Done) {
      if (!isa<Constant>(How)) {
        Instruction *Otherwise = SplitBlockAndInsertIfThen(
            B.CreateICmpNE(How, Done), Return->getIterator(),
            /*Unreachable=*/true);
        B.SetInsertPoint(Otherwise);
      }
      if (SaysItEnded)
        storeState(B, CORO_STATE_DONE);
      returnStatus(B, statusOf(B, How));
      B.GetInsertPoint()->eraseFromParent();
      if (isa<Constant>(How))
        continue;
      B.SetInsertPoint(Return);
    }
    if (Result && KeepsResult)
      storeResult(B, Result, Signed, frame(), Place);
    if (SaysItEnded)
      storeState(B, CORO_STATE_DONE);
    returnStatus(B, B.getInt32(CORO_DONE), Result);
    Return->eraseFromParent();
  }
}

Instruction *PartBuilder::cutAt(unsigned Point, IRBuilder<> &B) {
  BasicBlock *Block = copied(C.Points[Point].Suspend);
  auto *Marked = cast<Instruction>(Map.lookup(C.Points[Point].Call));
  B.SetInsertPoint(Marked);
  B.SetCurrentDebugLocation(Marked->getDebugLoc());
  storePoint(B, C.Points[Point]);
  copied(C.Points[Point].Resume)->removePredecessor(Block, true);
  Block->getTerminator()->eraseFromParent();
  return Marked;
}

void PartBuilder::lowerSuspensions() {
  IRBuilder<> B(F.getContext());
  for (unsigned I = 0; I < C.Points.size(); ++I) {
    Instruction *Marked = cutAt(I, B);
    bool IsWait = C.Points[I].childPoll();
    returnSuspended(B,
                    IsWait ? B.getInt32(CORO_PENDING) : Marked->getOperand(0));
    Marked->eraseFromParent();
  }
}

void PartBuilder::finish(bool Cancelled) {
  foldCancellation(Cancelled);
  lowerReturns();
  EliminateUnreachableBlocks(Part);
}

void ResumeBuilder::setStatus(const SuspendPoint &Point, Value *Status) {
  if (CallInst *Wanted = Point.resumeMarker(Marker::Status))
    replace(cast<CallInst>(Map.lookup(Wanted)), Status);
}

} // namespace coro
