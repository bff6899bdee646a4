//===-- ExpandCalls.cpp - frame-expand: waiting calls as suspensions ------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Afterwards each suspension stands alone in a block with one way out:
//
//   coro_suspend()      point:  call void @coro.point()
//                               br label %resumed
//
//   %r = call @g(%x)            %s = call i32 @g.start(%frame, %cx, %x)
//                               %done = icmp eq %s, DONE
//                               br %done, %finished, %wait
//                       wait:   call void @coro.wait(%frame, @g.poll)
//                               br label %ready
//                       ready:  br label %finished
//                       finished: %r = load, from %frame
//
// coro.wait suspends until the child says that it is done; the split makes of
// it a poll that returns at once while it is not, touching nothing else. Where
// the poll may unwind, or its callee is known only at run time, the loop is
// spelled out over coro.point instead.
//
// A struct parameter or result becomes a variable of the function's own.
//
//===----------------------------------------------------------------------===//

#include "Analysis/CallGraph.h"
#include "Analysis/FusePolicy.h"
#include "IR/Facts.h"
#include "IR/Markers.h"
#include "IR/Parts.h"
#include "IR/Result.h"
#include "Support/Compat.h"
#include "Transforms/BlockOn.h"
#include "Transforms/Passes.h"
#include "Transforms/Simplify.h"
#include "coro/abi.h"
#include "llvm/ADT/Statistic.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/Local.h"

#define DEBUG_TYPE "frame-expand"

using namespace llvm;

STATISTIC(NumWaits, "Number of waiting calls expanded");
STATISTIC(NumPoints, "Number of explicit suspensions");

namespace coro {

/// A variable that takes a struct parameter's place.
static AllocaInst *ownVariable(Argument &A, Type *T) {
  Function &F = *A.getParent();
  const DataLayout &DL = F.getParent()->getDataLayout();
  IRBuilder<> B(&*F.getEntryBlock().getFirstInsertionPt());
  AllocaInst *Own =
      B.CreateAlloca(T, DL.getAllocaAddrSpace(), nullptr, A.getName());
  Own->setAlignment(
      std::max(A.getParamAlign().valueOrOne(), DL.getABITypeAlign(T)));
  A.replaceAllUsesWith(Own);
  return Own;
}

/// Struct parameters are copied by whoever is called: f.start's parameter is
/// the plain address of the caller's value, valid until it returns.
static void copyStructParameters(Function &F) {
  for (Argument &A : F.args()) {
    if (!A.hasByValAttr())
      continue;
    Type *T = A.getParamByValType();
    AllocaInst *Own = ownVariable(A, T);
    IRBuilder<> B(Own->getNextNode());
    B.CreateMemCpy(Own, Own->getAlign(), &A, A.getParamAlign(),
                   F.getParent()->getDataLayout().getTypeAllocSize(T));
  }
}

/// The place of a struct result is in the frame. A variable stands for it from
/// here on; nothing in the function reads that, so this comes after the last
/// simplification.
static void placeStructResult(Function &F) {
  for (Argument &A : F.args())
    if (A.hasStructRetAttr())
      setResultSlot(*ownVariable(A, A.getParamStructRetType()));
}

static CallInst *asCall(CallBase *Call) {
  if (auto *Invoke = dyn_cast<InvokeInst>(Call))
    return changeToCall(Invoke);
  return cast<CallInst>(Call);
}

/// Puts a suspension between two parts of a block.
static BasicBlock *pointBlock(Function &F, BasicBlock *Resumed,
                              const DebugLoc &Where) {
  BasicBlock *Block =
      BasicBlock::Create(F.getContext(), "coro.point", &F, Resumed);
  IRBuilder<> B(Block);
  B.SetCurrentDebugLocation(Where);
  B.CreateCall(declareMarker(*F.getParent(), Marker::Point,
                             FunctionType::get(B.getVoidTy(), false)));
  B.CreateBr(Resumed);
  ++NumPoints;
  return Block;
}

static void expandSuspend(CallBase *Marked) {
  CallInst *Call = asCall(Marked);
  Function &F = *Call->getFunction();
  BasicBlock *Before = Call->getParent();
  BasicBlock *Resumed = SplitBlock(Before, Call);
  BasicBlock *Point = pointBlock(F, Resumed, Call->getDebugLoc());
  Before->getTerminator()->setSuccessor(0, Point);
  Call->eraseFromParent();
}

static Value *contextHere(IRBuilder<> &B) {
  Module *M = B.GetInsertBlock()->getModule();
  return B.CreateCall(
      declareMarker(*M, Marker::Self, FunctionType::get(B.getPtrTy(), false)));
}

/// The plain form: the child is polled by the split.
static void expandWait(CallInst *Call, Function &Callee) {
  Function &F = *Call->getFunction();
  LLVMContext &Context = F.getContext();
  AllocaInst *Frame = childFrame(F, Callee);
  BasicBlock *Before = Call->getParent();
  BasicBlock *Finished = SplitBlock(Before, Call);
  BasicBlock *Wait = BasicBlock::Create(Context, "coro.wait", &F, Finished);
  // Finished is also reached without a suspension, so it is not where this one
  // resumes.
  BasicBlock *Ready = BasicBlock::Create(Context, "coro.ready", &F, Finished);
  DebugLoc Where = Call->getDebugLoc();

  Before->getTerminator()->eraseFromParent();
  IRBuilder<> B(Before);
  B.SetCurrentDebugLocation(Where);
  createLifetimeStart(B, Frame);
  Value *Status = callStart(B, *Call, startOf(Callee), Frame, contextHere(B));
  B.CreateCondBr(B.CreateICmpEQ(Status, B.getInt32(CORO_DONE)), Finished, Wait);

  B.SetInsertPoint(Wait);
  B.SetCurrentDebugLocation(Where);
  Type *Parameters[] = {B.getPtrTy(), B.getPtrTy()};
  B.CreateCall(
      declareMarker(*F.getParent(), Marker::Wait,
                    FunctionType::get(B.getVoidTy(), Parameters, false)),
      {Frame, pollOf(Callee)});
  B.CreateBr(Ready);
  B.SetInsertPoint(Ready);
  B.CreateBr(Finished);

  B.SetInsertPoint(Call);
  takeResult(B, *Call, Frame, resultPlace(Callee));
  createLifetimeEnd(B, Frame);
  Call->eraseFromParent();
}

/// A call with an unwind edge keeps it at both places that run the child.
static void expandInvoke(InvokeInst *Call, Function &Callee) {
  Function &F = *Call->getFunction();
  LLVMContext &Context = F.getContext();
  AllocaInst *Frame = childFrame(F, Callee);
  BasicBlock *Before = Call->getParent();
  BasicBlock *Unwind = Call->getUnwindDest();
  BasicBlock *Finished = SplitEdge(Before, Call->getNormalDest());
  BasicBlock *Started =
      BasicBlock::Create(Context, "coro.started", &F, Finished);
  BasicBlock *Resumed =
      BasicBlock::Create(Context, "coro.resumed", &F, Finished);
  BasicBlock *Polled = BasicBlock::Create(Context, "coro.polled", &F, Finished);
  BasicBlock *Point = pointBlock(F, Resumed, Call->getDebugLoc());

  IRBuilder<> B(Call);
  createLifetimeStart(B, Frame);
  CallInst *Start = callStart(B, *Call, startOf(Callee), Frame, contextHere(B));
  BasicBlock *Rest = changeToInvokeAndSplitBasicBlock(Start, Unwind);
  // The rest held the old invoke alone; results move behind the loop.
  B.SetInsertPoint(Finished, Finished->getFirstInsertionPt());
  B.SetCurrentDebugLocation(Call->getDebugLoc());
  takeResult(B, *Call, Frame, resultPlace(Callee));
  createLifetimeEnd(B, Frame);
  for (PHINode &Phi : Unwind->phis()) {
    Value *V = Phi.getIncomingValueForBlock(Rest);
    if (Phi.getBasicBlockIndex(Before) < 0)
      Phi.addIncoming(V, Before);
    Phi.addIncoming(V, Resumed);
  }
  Unwind->removePredecessor(Rest, /*KeepOneInputPHIs=*/true);
  DebugLoc Where = Call->getDebugLoc();
  Value *Status = cast<InvokeInst>(Before->getTerminator());
  Call->eraseFromParent();

  B.SetInsertPoint(Rest);
  B.SetCurrentDebugLocation(Where);
  B.CreateBr(Started);
  B.SetInsertPoint(Started);
  B.CreateCondBr(B.CreateICmpEQ(Status, B.getInt32(CORO_DONE)), Finished,
                 Point);
  B.SetInsertPoint(Resumed);
  Value *Poll =
      B.CreateInvoke(pollOf(Callee), Polled, Unwind, {Frame, contextHere(B)});
  B.SetInsertPoint(Polled);
  B.CreateCondBr(B.CreateICmpEQ(Poll, B.getInt32(CORO_DONE)), Finished, Point);
}

static void trapUnless(Value *Good, IRBuilder<> &B) {
  Function &F = *B.GetInsertBlock()->getParent();
  BasicBlock *Next = SplitBlock(B.GetInsertBlock(), B.GetInsertPoint());
  BasicBlock *Bad = BasicBlock::Create(F.getContext(), "coro.misfit", &F, Next);
  BasicBlock *Before = Next->getSinglePredecessor();
  Before->getTerminator()->eraseFromParent();
  B.SetInsertPoint(Before);
  B.CreateCondBr(Good, Next, Bad);
  B.SetInsertPoint(Bad);
  B.CreateIntrinsic(B.getVoidTy(), Intrinsic::trap, {});
  B.CreateUnreachable();
  B.SetInsertPoint(Next, Next->begin());
}

namespace {
/// The descriptor that a pointer to a function that yields points to.
struct DescriptorView {
  StructType *Type;
  Value *At;

  Value *field(IRBuilder<> &B, unsigned Index) const {
    return B.CreateLoad(Type->getElementType(Index),
                        B.CreateStructGEP(Type, At, Index));
  }
  Value *align(IRBuilder<> &B) const { return field(B, 1); }
  Value *size(IRBuilder<> &B) const { return field(B, 2); }
  Value *poll(IRBuilder<> &B) const { return field(B, 5); }
  Value *start(IRBuilder<> &B) const { return field(B, 6); }
};
} // namespace

/// A call through a pointer: the descriptor it points to has the functions, the
/// pointer's declaration the size of the frame. That a callee fits is checked
/// here, where it is cheap, and not only where the pointer was made.
static void expandIndirect(CallBase &MarkerCall) {
  CallBase *Through = callThrough(MarkerCall);
  if (!Through) {
    MarkerCall.eraseFromParent();
    return;
  }
  CallInst *Call = asCall(Through);
  Function &F = *Call->getFunction();
  Module &M = *F.getParent();
  LLVMContext &Context = F.getContext();
  DescriptorView Callee{descriptorType(M), MarkerCall.getArgOperand(0)};
  auto number = [&MarkerCall](unsigned Index) {
    return cast<ConstantInt>(MarkerCall.getArgOperand(Index))->getZExtValue();
  };
  uint64_t Bytes = alignTo(number(1), CORO_CONTRACT_ALIGN);
  ResultPlace Place = resultPlace(number(2), number(3));

  IRBuilder<> B(&*F.getEntryBlock().begin());
  AllocaInst *Frame =
      B.CreateAlloca(ArrayType::get(B.getInt8Ty(), Bytes), nullptr, "callee");
  Frame->setAlignment(Align(CORO_CONTRACT_ALIGN));

  B.SetInsertPoint(Call);
  Value *Size = Callee.size(B);
  trapUnless(
      B.CreateAnd(
          B.CreateICmpULE(Size, ConstantInt::get(Size->getType(), Bytes)),
          B.CreateICmpULE(Callee.align(B), B.getInt32(CORO_CONTRACT_ALIGN))),
      B);
  BasicBlock *Before = Call->getParent();
  BasicBlock *Finished = SplitBlock(Before, Call);
  BasicBlock *Resumed =
      BasicBlock::Create(Context, "coro.resumed", &F, Finished);
  BasicBlock *Point = pointBlock(F, Resumed, Call->getDebugLoc());
  Before->getTerminator()->eraseFromParent();
  B.SetInsertPoint(Before);
  B.SetCurrentDebugLocation(Call->getDebugLoc());
  createLifetimeStart(B, Frame);
  Value *Status = callStart(B, *Call, Callee.start(B), Frame, contextHere(B));
  B.CreateCondBr(B.CreateICmpEQ(Status, B.getInt32(CORO_DONE)), Finished,
                 Point);
  B.SetInsertPoint(Resumed);
  FunctionType *PollType =
      FunctionType::get(B.getInt32Ty(), {B.getPtrTy(), B.getPtrTy()}, false);
  Status = B.CreateCall(PollType, Callee.poll(B), {Frame, contextHere(B)});
  B.CreateCondBr(B.CreateICmpEQ(Status, B.getInt32(CORO_DONE)), Finished,
                 Point);
  B.SetInsertPoint(Call);
  takeResult(B, *Call, Frame, Place);
  createLifetimeEnd(B, Frame);
  Call->eraseFromParent();
  if (!MarkerCall.use_empty()) {
    // As in LowerEffects: what a sanitizer looks for is not there.
    B.SetInsertPoint(&MarkerCall);
    MarkerCall.replaceAllUsesWith(
        B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), Callee.At, 16));
  }
  MarkerCall.eraseFromParent();
}

/// Why a call of Callee cannot be given a frame, if it cannot.
static bool rejectCall(const CallBase &Call, Function &Callee,
                       const PassConfig &Config) {
  DiagID ID;
  if (Call.getFunctionType() != Callee.getFunctionType())
    ID = DiagID::TooFewArguments;
  else if (frameLimit(Callee))
    return false;
  else if (Callee.isDeclaration())
    ID = DiagID::UnknownFrame;
  else if (!isFinalDefinition(Callee))
    ID = DiagID::WeakYields;
  else
    return false;
  Config.report(
      makeProblem(ID, *Call.getFunction(), &Call, {Callee.getName().str()}),
      *Call.getFunction());
  return true;
}

/// The call is left out; an error says that no object comes of it.
static void dropCall(CallBase *Marked) {
  CallInst *Call = asCall(Marked);
  if (!Call->use_empty())
    Call->replaceAllUsesWith(PoisonValue::get(Call->getType()));
  Call->eraseFromParent();
}

static void expandCalls(Function &F, const PassConfig &Config) {
  SmallPtrSet<Function *, 4> Rejected; // said once, at the first call
  SmallVector<CallBase *, 16> Calls;
  for (Instruction &I : instructions(F))
    if (auto *Call = dyn_cast<CallBase>(&I); Call && yieldingCallee(*Call))
      Calls.push_back(Call);
  erase_if(Calls, [&](CallBase *Call) {
    Function &Callee = *yieldingCallee(*Call);
    if (!Rejected.contains(&Callee) && !rejectCall(*Call, Callee, Config))
      return false;
    Rejected.insert(&Callee);
    dropCall(Call);
    return true;
  });
  // From the end: what a block is split off from is then short.
  for (CallBase *Call : reverse(Calls)) {
    Function &Callee = *yieldingCallee(*Call);
    ++NumWaits;
    if (auto *Invoke = dyn_cast<InvokeInst>(Call))
      expandInvoke(Invoke, Callee);
    else
      expandWait(cast<CallInst>(Call), Callee);
  }
}

/// Ordinary functions cannot wait: what the front end let through came from
/// hand-written IR.
static void rejectCallsFrom(Function &F, const PassConfig &Config) {
  SmallVector<CallBase *, 4> Calls;
  for (Instruction &I : instructions(F))
    if (auto *Call = dyn_cast<CallBase>(&I); Call && yieldingCallee(*Call))
      Calls.push_back(Call);
  for (CallBase *Call : Calls) {
    Config.report(makeProblem(DiagID::CallNeedsYields, F, Call,
                              {F.getName().str(),
                               yieldingCallee(*Call)->getName().str()}),
                  F);
    dropCall(Call);
  }
}

PreservedAnalyses ExpandCalls::run(Module &M, ModuleAnalysisManager &AM) {
  bool Changed = false;
  for (Function &F : M) {
    if (F.isDeclaration())
      continue;
    if (!isCoroutine(F)) {
      rejectCallsFrom(F, Config);
      continue;
    }
    Changed = true;
    copyStructParameters(F);
    // From the end: what a block is split off from is then short.
    SmallVector<CallBase *, 8> Suspends = callsOf(F, Marker::Suspend);
    for (CallBase *Call : reverse(Suspends))
      expandSuspend(Call);
    for (CallBase *Call : callsOf(F, Marker::Indirect))
      expandIndirect(*Call);
    expandCalls(F, Config);
    simplify(F, AM);
    placeStructResult(F);
  }
  return Changed ? PreservedAnalyses::none() : PreservedAnalyses::all();
}

} // namespace coro
