//===-- Combine.cpp - Waiting for several things at once ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A part of effect-lower. What a call waits for are its arms: tasks, whose
// function is known; futures, which begin with their poll function; and
// coro_any_tasks, pairs of a frame and a descriptor.
//
//   coro_join(&a, &b)      pending = 11b
//                   round: if (pending & 01b)
//                            if (a.poll(&a, cx) != PENDING) pending &= ~01b
//                          if (pending & 10b)
//                            if (b.poll(&b, cx) != PENDING) pending &= ~10b
//                          if (pending) { suspend; goto round }
//
//   coro_any(&a, &b)  round: if (a.poll(&a, cx) != PENDING) -> 0
//                            if (b.poll(&b, cx) != PENDING) -> 1
//                            suspend; goto round
//
// coro_race is coro_any, coro_timeout a race against an alarm, and coro_wait a
// race of one whose value is the status. Whatever is not PENDING ends an arm,
// which is not polled again.
//
// So there is one suspension, however many arms, and only a join keeps anything
// of its own over it: a bit for each arm.
//
//===----------------------------------------------------------------------===//

#include "Transforms/Combine.h"
#include "Analysis/KnownPoll.h"
#include "IR/Facts.h"
#include "IR/Markers.h"
#include "IR/Parts.h"
#include "Transforms/WaitLoop.h"
#include "coro/abi.h"
#include "llvm/ADT/Statistic.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/Local.h"

#define DEBUG_TYPE "effect-lower"

using namespace llvm;

STATISTIC(NumCombined, "Number of waits for several things");
STATISTIC(NumDirectArms, "Number of arms whose poll function is known");

namespace coro {

namespace {
/// One thing to wait for.
struct Arm {
  enum { Direct, Future, AnyTask } Kind;
  /// What poll is given; of an AnyTask the address of the pair.
  Value *Frame;
  /// Of a Direct arm.
  Value *Poll;
};

/// What a marker waits for, in the order of the source.
struct Combined {
  CallBase *Call;
  Marker Kind;
  SmallVector<Arm, 4> Arms;
};
} // namespace

/// How many of a marker's arguments come before its arms.
static unsigned firstArm(Marker Kind) {
  return Kind == Marker::Timeout ? 2 : 1;
}

static Arm armOf(Value *V) {
  if (Function *F = taskOfFrame(*V))
    return {Arm::Direct, V, pollOf(*F)};
  if (isMarker(V, Marker::AnyArm))
    return {Arm::AnyTask, cast<CallBase>(V)->getArgOperand(0), nullptr};
  return {Arm::Future, V, nullptr};
}

static Combined describe(CallBase &Call, Marker Kind) {
  Combined C{&Call, Kind, {}};
  for (unsigned I = firstArm(Kind); I < Call.arg_size(); ++I)
    C.Arms.push_back(armOf(Call.getArgOperand(I)));
  if (Kind != Marker::Timeout)
    return C;
  Module &M = *Call.getModule();
  Type *Ptr = PointerType::getUnqual(Call.getContext());
  FunctionCallee Poll = M.getOrInsertFunction(
      "coro_alarm_poll", Type::getInt32Ty(Call.getContext()), Ptr, Ptr);
  // The last, so that a task that is done when it rings is in time.
  C.Arms.push_back({Arm::Direct, Call.getArgOperand(0), Poll.getCallee()});
  return C;
}

namespace {
/// Writes the loop for one marker.
class Expansion {
  const Combined &C;
  Function &F;
  Module &M;
  IRBuilder<> B;
  BasicBlock *Before, *Round, *Suspend, *After;
  /// Where a poll that unwinds leads, or null.
  BasicBlock *Unwind = nullptr;

  BasicBlock *block(const Twine &Name) {
    return BasicBlock::Create(F.getContext(), Name, &F, Suspend);
  }
  /// Goes on writing in another block.
  void enter(BasicBlock *Block) {
    B.SetInsertPoint(Block);
    B.SetCurrentDebugLocation(C.Call->getDebugLoc());
  }
  void open();
  void close();
  Value *isOver(Value *Status) {
    return B.CreateICmpNE(Status, B.getInt32(CORO_PENDING));
  }
  Value *poll(const Arm &A, Value *Context);
  void untilAll();
  Value *untilFirst();

public:
  explicit Expansion(const Combined &C)
      : C(C), F(*C.Call->getFunction()), M(*F.getParent()), B(C.Call) {}
  void run();
};
} // namespace

/// The blocks around the loop. The call stays at the head of After until the
/// loop is there.
void Expansion::open() {
  Before = C.Call->getParent();
  if (auto *Invoke = dyn_cast<InvokeInst>(C.Call)) {
    Unwind = Invoke->getUnwindDest();
    After = SplitEdge(Before, Invoke->getNormalDest());
  } else {
    After = SplitBlock(Before, C.Call);
    Before->getTerminator()->eraseFromParent();
  }
  After->setName("coro.done");
  LLVMContext &Context = F.getContext();
  Suspend = BasicBlock::Create(Context, "coro.pending", &F, After);
  Round = BasicBlock::Create(Context, "coro.round", &F, Suspend);
}

/// One suspension between two rounds.
void Expansion::close() {
  enter(Suspend);
  FunctionCallee Marked = declareMarker(
      M, Marker::Suspend, FunctionType::get(B.getVoidTy(), false));
  setCoroutine(*cast<Function>(Marked.getCallee()));
  B.CreateCall(Marked);
  B.CreateBr(Round);
}

Value *Expansion::poll(const Arm &A, Value *Context) {
  Type *Ptr = B.getPtrTy();
  Value *Frame = A.Frame, *Poll = A.Poll;
  if (A.Kind == Arm::Future) {
    Poll = B.CreateLoad(Ptr, Frame);
  } else if (A.Kind == Arm::AnyTask) {
    StructType *Pair = StructType::get(F.getContext(), {Ptr, Ptr});
    Value *Descriptor = B.CreateLoad(Ptr, B.CreateStructGEP(Pair, Frame, 1));
    Frame = B.CreateLoad(Ptr, B.CreateStructGEP(Pair, Frame, 0));
    Poll =
        B.CreateLoad(Ptr, B.CreateStructGEP(descriptorType(M), Descriptor,
                                            unsigned(DescriptorField::Poll)));
  }
  FunctionType *Type = FunctionType::get(B.getInt32Ty(), {Ptr, Ptr}, false);
  if (!Unwind)
    return B.CreateCall(Type, Poll, {Frame, Context});
  BasicBlock *Polled = block("coro.polled");
  Value *Status = B.CreateInvoke(Type, Poll, Polled, Unwind, {Frame, Context});
  for (PHINode &Phi : Unwind->phis())
    Phi.addIncoming(Phi.getIncomingValueForBlock(Before), B.GetInsertBlock());
  enter(Polled);
  return Status;
}

/// One bit for each arm that is still pending, in as many words as it takes.
void Expansion::untilAll() {
  unsigned Count = C.Arms.size();
  unsigned Width = std::min<uint64_t>(64, PowerOf2Ceil(std::max(Count, 8u)));
  IntegerType *Word = B.getIntNTy(Width);
  SmallVector<AllocaInst *, 2> Pending;
  for (unsigned First = 0; First < Count; First += Width) {
    unsigned Bits = std::min(Width, Count - First);
    // The block may be empty by now, and then nothing stands at its beginning.
    IRBuilder<> Entry(&F.getEntryBlock(), F.getEntryBlock().begin());
    Pending.push_back(Entry.CreateAlloca(Word, nullptr, "coro.arms"));
    B.CreateStore(ConstantInt::get(Word, APInt::getLowBitsSet(Width, Bits)),
                  Pending.back());
  }
  B.CreateBr(Round);
  enter(Round);
  Value *Context = contextHere(B);
  for (const auto &[Index, A] : enumerate(C.Arms)) {
    AllocaInst *Bits = Pending[Index / Width];
    APInt Bit = APInt::getOneBitSet(Width, Index % Width);
    BasicBlock *Poll = block("coro.arm"), *Next = block("coro.next");
    Value *IsPending =
        B.CreateAnd(B.CreateLoad(Word, Bits), ConstantInt::get(Word, Bit));
    B.CreateCondBr(B.CreateIsNotNull(IsPending), Poll, Next);
    enter(Poll);
    Value *Over = isOver(poll(A, Context));
    Value *Old = B.CreateLoad(Word, Bits);
    Value *Without = B.CreateAnd(Old, ConstantInt::get(Word, ~Bit));
    B.CreateStore(B.CreateSelect(Over, Without, Old), Bits);
    B.CreateBr(Next);
    enter(Next);
  }
  Value *Left = B.CreateLoad(Word, Pending.front());
  for (AllocaInst *Bits : drop_begin(Pending))
    Left = B.CreateOr(Left, B.CreateLoad(Word, Bits));
  B.CreateCondBr(B.CreateIsNull(Left), After, Suspend);
}

/// The marker's value. The first arm to be over leaves the loop, and the others
/// are left as they are.
Value *Expansion::untilFirst() {
  B.CreateBr(Round);
  enter(Round);
  Value *Context = contextHere(B);
  Type *ResultType = C.Call->getType();
  SmallVector<std::pair<Value *, BasicBlock *>, 4> Results;
  for (const auto &[Index, A] : enumerate(C.Arms)) {
    Value *Status = poll(A, Context);
    Results.push_back({C.Kind == Marker::WaitFor
                           ? Status
                           : ConstantInt::get(ResultType, Index),
                       B.GetInsertBlock()});
    bool IsLast = Index + 1 == C.Arms.size();
    BasicBlock *Next = IsLast ? Suspend : block("coro.next");
    B.CreateCondBr(isOver(Status), After, Next);
    if (!IsLast)
      enter(Next);
  }
  if (ResultType->isVoidTy())
    return nullptr;
  B.SetInsertPoint(After, After->begin());
  PHINode *Result = B.CreatePHI(ResultType, Results.size());
  for (auto [V, Block] : Results)
    Result->addIncoming(V, Block);
  return Result;
}

void Expansion::run() {
  open();
  Instruction *Terminator = Before->getTerminator();
  enter(Before);
  if (Terminator)
    B.SetInsertPoint(Terminator);
  if (C.Kind == Marker::Timeout)
    B.CreateCall(
        M.getOrInsertFunction("coro_alarm_set", B.getVoidTy(), B.getPtrTy(),
                              B.getInt64Ty(), B.getPtrTy()),
        {C.Call->getArgOperand(0), C.Call->getArgOperand(1), contextHere(B)});
  // A join of one needs no bits.
  Value *Result = nullptr;
  if (C.Kind == Marker::Join && C.Arms.size() > 1)
    untilAll();
  else
    Result = untilFirst();
  close();
  if (Unwind)
    Unwind->removePredecessor(Before, /*KeepOneInputPHIs=*/true);
  if (Result)
    C.Call->replaceAllUsesWith(Result);
  C.Call->eraseFromParent();
}

/// Looks at the module as it is before any of them is expanded.
static SmallVector<Combined, 8> findCombined(Module &M,
                                             FunctionAnalysisManager &FAM) {
  SmallVector<Combined, 8> Found;
  for (Marker Kind : {Marker::WaitFor, Marker::Join, Marker::Any, Marker::Race,
                      Marker::Timeout})
    for (CallBase *Call : callsOf(M, Kind))
      Found.push_back(describe(*Call, Kind));
  for (const Combined &C : Found)
    FAM.invalidate(*C.Call->getFunction(), PreservedAnalyses::none());
  for (Combined &C : Found)
    for (Arm &A : C.Arms) {
      Function *Poll =
          A.Kind == Arm::Future ? knownPoll(*C.Call, *A.Frame, FAM) : nullptr;
      if (Poll)
        A = {Arm::Direct, A.Frame, Poll};
      NumDirectArms += A.Kind == Arm::Direct;
    }
  return Found;
}

void lowerCombinators(Module &M, ModuleAnalysisManager &AM) {
  auto &FAM = AM.getResult<FunctionAnalysisManagerModuleProxy>(M).getManager();
  for (const Combined &C : findCombined(M, FAM)) {
    Expansion(C).run();
    ++NumCombined;
  }
  for (CallBase *Call : callsOf(M, Marker::AnyArm)) {
    if (auto *Invoke = dyn_cast<InvokeInst>(Call))
      Call = changeToCall(Invoke);
    Call->replaceAllUsesWith(Call->getArgOperand(0));
    Call->eraseFromParent();
  }
}

} // namespace coro
