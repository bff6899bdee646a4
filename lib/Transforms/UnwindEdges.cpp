//===-- UnwindEdges.cpp - Unwinding inside one function -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a landing pad leads to, as clang makes it:
//
//   pad:     %e = landingpad cleanup
//            store %e.0, %exn.slot          (and the selector)
//   cleanup: call @close(...)               raise edges come in at pad, or,
//            call @__coro_try_end(%guard)   where foreign exceptions do, behind
//   outer:   call @free(...)                its stores
//            resume (load %exn.slot)
//
// A raise goes from the end of its try to the catch: to where __coro_try
// returned, which now gives 0. Where there is no try it comes to `resume`,
// which becomes the function's return.
//
// An exception that is on its way while a cleanup raises and catches keeps its
// slot: __coro_try saves it.
//
//===----------------------------------------------------------------------===//

#include "Transforms/UnwindEdges.h"
#include "Analysis/UnwindPaths.h"
#include "IR/Facts.h"
#include "IR/Markers.h"
#include "IR/Outcome.h"
#include "Transforms/DeferredBlocks.h"
#include "Transforms/OutcomeForm.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/MDBuilder.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/Local.h"

using namespace llvm;

namespace coro {

Value *raisingCallee(CallBase &Call) {
  Value *Callee = Call.getCalledOperand();
  if (isMarker(Callee, Marker::Raising))
    return cast<CallBase>(Callee)->getArgOperand(0);
  auto *F = dyn_cast<Function>(Callee->stripPointerCasts());
  return F && hasOutcome(*F) ? F : nullptr;
}

namespace {
class EdgeLowering {
  Function &F;
  LLVMContext &C;
  const PassConfig &Config;
  /// Nothing but raises comes to landing pads.
  const bool Own;
  UnwindPaths Paths;
  /// Who gets what a call raises, if anybody in this function.
  DenseMap<const CallBase *, const TryBlock *> CaughtBy;
  /// One may go with what stands before it.
  SmallVector<WeakVH, 16> Calls;
  SmallVector<ResumeInst *, 2> Resumes;
  /// Variables whose length is not constant make the stack grow.
  bool HasStack = false;
  /// Where a raise comes in, for each landing pad that it comes to.
  DenseMap<BasicBlock *, BasicBlock *> Entries;
  DenseMap<const TryBlock *, BasicBlock *> Catches;
  BasicBlock *Exit = nullptr;
  /// clang's slot for a foreign exception; null where there is none.
  Value *ExceptionSlot = nullptr;

  BasicBlock *newBlock(const Twine &Name) {
    return BasicBlock::Create(C, Name, &F);
  }
  BasicBlock *exitBlock();
  BasicBlock *entryOf(BasicBlock *Pad);
  BasicBlock *target(CallBase &Call) {
    auto *Invoke = dyn_cast<InvokeInst>(&Call);
    return Invoke ? entryOf(Invoke->getUnwindDest()) : exitBlock();
  }
  Value *errorPlace(const CallBase &Call);
  Value *ownErrorPlace() {
    if (Argument *Place = errorParameter(F))
      return Place;
    return PoisonValue::get(PointerType::getUnqual(C));
  }
  Value *isForeign(IRBuilder<> &B);

  void findExceptionSlot();
  void refuseMustTail(CallInst &Call);
  void lowerCall(CallBase &Call, Value *Callee);
  void lowerRaise(CallBase &Raise);
  void lowerTry(TryBlock &Try);
  void cutUnwindEnd(CallBase &End, const TryBlock &Try);
  void lowerResume(ResumeInst &Resume);
  void lowerTries();
  void dropPads();
  void look();

public:
  EdgeLowering(Function &F, const PassConfig &Config)
      : F(F), C(F.getContext()), Config(Config), Own(hasOwnEdges(F)), Paths(F) {
  }
  void run();
};
} // namespace

/// Where a raise leaves the function.
BasicBlock *EdgeLowering::exitBlock() {
  if (Exit)
    return Exit;
  Exit = newBlock("coro.raised");
  IRBuilder<> B(Exit);
  if (hasOutcome(F)) {
    B.CreateRet(inOutcomeForm(B, F.getReturnType(), nullptr,
                              outcomeConstant(C, Outcome::Raised)));
  } else {
    // The front end has made sure that all is caught.
    B.CreateIntrinsic(Type::getVoidTy(C), Intrinsic::trap, {});
    B.CreateUnreachable();
  }
  return Exit;
}

static bool isPadPrefix(const Instruction &I) {
  if (isa<LandingPadInst, DbgInfoIntrinsic>(I))
    return true;
  const auto *Part = dyn_cast<ExtractValueInst>(&I);
  if (const auto *Store = dyn_cast<StoreInst>(&I))
    Part = dyn_cast<ExtractValueInst>(Store->getValueOperand());
  return Part && isa<LandingPadInst>(Part->getAggregateOperand());
}

void EdgeLowering::findExceptionSlot() {
  for (Instruction &I : instructions(F)) {
    auto *Store = dyn_cast<StoreInst>(&I);
    auto *Part =
        Store ? dyn_cast<ExtractValueInst>(Store->getValueOperand()) : nullptr;
    if (Part && isa<LandingPadInst>(Part->getAggregateOperand()) &&
        Part->getIndices()[0] == 0)
      ExceptionSlot = Store->getPointerOperand();
  }
}

BasicBlock *EdgeLowering::entryOf(BasicBlock *Pad) {
  const LandingPadInst *Landing = Pad->getLandingPadInst();
  if (Landing && !Landing->isCleanup())
    Config.report(makeProblem(DiagID::Unsupported, F, Landing,
                              {"a coro_try in a _Defer", F.getName().str(),
                               "its scope is left by nothing but errors"}),
                  F);
  if (Own)
    return Pad;
  BasicBlock *&Entry = Entries[Pad];
  if (Entry)
    return Entry;
  auto First = Pad->begin();
  while (isPadPrefix(*First))
    ++First;
  BasicBlock *Rest = Pad->splitBasicBlock(First, "coro.unwinding");
  Entry = newBlock("coro.raising");
  IRBuilder<> B(Entry);
  if (ExceptionSlot)
    B.CreateStore(ConstantPointerNull::get(PointerType::getUnqual(C)),
                  ExceptionSlot);
  B.CreateBr(Rest);
  return Entry;
}

/// Whether what unwinds is an exception of somebody else's; null for no.
Value *EdgeLowering::isForeign(IRBuilder<> &B) {
  if (Own || !ExceptionSlot)
    return nullptr;
  return B.CreateIsNotNull(
      B.CreateLoad(PointerType::getUnqual(C), ExceptionSlot));
}

/// Where what the call raises has to be put.
Value *EdgeLowering::errorPlace(const CallBase &Call) {
  if (const TryBlock *Catching = CaughtBy.lookup(&Call))
    return Catching->Slot;
  return ownErrorPlace();
}

void EdgeLowering::refuseMustTail(CallInst &Call) {
  Config.report(makeProblem(DiagID::Unsupported, F, &Call,
                            {"musttail", F.getName().str(),
                             "a function that raises says behind the call how "
                             "it ended; drop the attribute"}),
                F);
  Call.setTailCallKind(CallInst::TCK_None);
}

void EdgeLowering::lowerCall(CallBase &Call, Value *Callee) {
  CallBase *New = callInOutcomeForm(Call, Callee, errorPlace(Call), false, !Own);
  BasicBlock *Raised = target(Call), *Normal;
  BasicBlock *From = Call.getParent();
  if (auto *Invoke = dyn_cast<InvokeInst>(&Call)) {
    Normal = Invoke->getNormalDest();
    BasicBlock *Before = From;
    if (isa<InvokeInst>(New)) {
      From = newBlock("coro.called");
      From->moveAfter(Before);
      cast<InvokeInst>(New)->setNormalDest(From);
      Normal->replacePhiUsesWith(Before, From);
    }
  } else {
    Normal = From->splitBasicBlock(std::next(Call.getIterator()));
    From->getTerminator()->eraseFromParent();
  }
  IRBuilder<> B(C);
  if (From == Call.getParent())
    B.SetInsertPoint(&Call);
  else
    B.SetInsertPoint(From);
  B.SetCurrentDebugLocation(Call.getDebugLoc());
  Value *Result = resultPart(B, New), *How = outcomePart(B, New);
  if (Result)
    Result->takeName(&Call);
  Call.replaceAllUsesWith(Result ? Result : PoisonValue::get(Call.getType()));
  Value *Done = B.CreateICmpEQ(How, outcomeConstant(C, Outcome::Done));
  Instruction *Mark = isMarker(Call.getCalledOperand(), Marker::Raising)
                          ? cast<Instruction>(Call.getCalledOperand())
                          : nullptr;
  Call.eraseFromParent();
  B.SetInsertPoint(From);
  B.CreateCondBr(Done, Normal, Raised,
                 MDBuilder(C).createLikelyBranchWeights());
  if (Mark) {
    // Sanitizers look at what the pointer points to.
    Mark->replaceAllUsesWith(Callee);
    Mark->eraseFromParent();
  }
}

/// The error is in its place; nothing comes back from the marker.
void EdgeLowering::lowerRaise(CallBase &Raise) {
  BasicBlock *To = target(Raise), *Block = Raise.getParent();
  if (auto *Invoke = dyn_cast<InvokeInst>(&Raise)) {
    Invoke->getNormalDest()->removePredecessor(Block);
    if (!Own)
      Invoke->getUnwindDest()->removePredecessor(Block);
  } else {
    for (BasicBlock *Next : successors(Block))
      Next->removePredecessor(Block);
  }
  IRBuilder<> B(Raise.getContext());
  DebugLoc Where = Raise.getDebugLoc();
  while (&Block->back() != &Raise) {
    Block->back().replaceAllUsesWith(PoisonValue::get(Block->back().getType()));
    Block->back().eraseFromParent();
  }
  Raise.eraseFromParent();
  B.SetInsertPoint(Block);
  B.SetCurrentDebugLocation(Where);
  B.CreateBr(To);
}

/// Raises come to where the block was entered, with 0 for 1.
void EdgeLowering::lowerTry(TryBlock &Try) {
  CallBase &Begin = *Try.Begin;
  Type *Int = Begin.getType();
  if (Try.UnwindEnds.empty()) {
    Begin.replaceAllUsesWith(ConstantInt::get(Int, 1));
    Begin.eraseFromParent();
    return;
  }
  BasicBlock *Before = Begin.getParent();
  BasicBlock *Both = Before->splitBasicBlock(Begin.getIterator());
  BasicBlock *Catch = newBlock("coro.catch");
  Catch->moveAfter(Before);
  Catches[&Try] = Catch;
  IRBuilder<> Enter(Before->getTerminator()), Caught(Catch);
  if (HasStack)
    Caught.CreateStackRestore(Enter.CreateStackSave());
  if (!Own && ExceptionSlot)
    Caught.CreateStore(
        Enter.CreateLoad(PointerType::getUnqual(C), ExceptionSlot),
        ExceptionSlot);
  Caught.CreateBr(Both);
  IRBuilder<> B(&Both->front());
  PHINode *Entered = B.CreatePHI(Int, 2);
  Entered->addIncoming(ConstantInt::get(Int, 1), Before);
  Entered->addIncoming(ConstantInt::get(Int, 0), Catch);
  Begin.replaceAllUsesWith(Entered);
  Begin.eraseFromParent();
}

void EdgeLowering::cutUnwindEnd(CallBase &End, const TryBlock &Try) {
  BasicBlock *Block = End.getParent();
  BasicBlock *Further = Block->splitBasicBlock(End.getIterator());
  Block->getTerminator()->eraseFromParent();
  IRBuilder<> B(Block);
  BasicBlock *Catch = Catches.lookup(&Try);
  if (Value *Foreign = isForeign(B))
    B.CreateCondBr(Foreign, Further, Catch);
  else
    B.CreateBr(Catch);
  End.eraseFromParent();
}

void EdgeLowering::lowerResume(ResumeInst &Resume) {
  BasicBlock *Block = Resume.getParent();
  IRBuilder<> B(&Resume);
  if (Value *Foreign = isForeign(B)) {
    Instruction *Test = cast<Instruction>(Foreign);
    BasicBlock *Rest = Block->splitBasicBlock(std::next(Test->getIterator()));
    Block->getTerminator()->eraseFromParent();
    B.SetInsertPoint(Block);
    B.CreateCondBr(Foreign, Rest, exitBlock());
    return;
  }
  Value *Exception = Resume.getValue();
  B.CreateBr(exitBlock());
  Resume.eraseFromParent();
  RecursivelyDeleteTriviallyDeadInstructions(Exception);
}

/// A variable that is only written.
static void dropDeadSlot(Value *Slot) {
  auto *Variable = dyn_cast<AllocaInst>(Slot);
  if (!Variable || any_of(Variable->users(), [](const User *U) {
        const auto *Intrinsic = dyn_cast<IntrinsicInst>(U);
        return !isa<StoreInst>(U) &&
               !(Intrinsic && Intrinsic->isLifetimeStartOrEnd());
      }))
    return;
  while (!Variable->use_empty())
    cast<Instruction>(Variable->user_back())->eraseFromParent();
  Variable->eraseFromParent();
}

/// No exception comes to the landing pads.
void EdgeLowering::dropPads() {
  SmallPtrSet<Value *, 4> Slots;
  for (BasicBlock &Block : F) {
    auto *Pad = Block.getLandingPadInst();
    if (!Pad)
      continue;
    for (User *Part : make_early_inc_range(Pad->users())) {
      for (User *U : make_early_inc_range(Part->users()))
        if (auto *Store = dyn_cast<StoreInst>(U)) {
          Slots.insert(Store->getPointerOperand());
          Store->eraseFromParent();
        }
      if (Part->use_empty())
        cast<Instruction>(Part)->eraseFromParent();
    }
    Pad->replaceAllUsesWith(PoisonValue::get(Pad->getType()));
    Pad->eraseFromParent();
  }
  removeUnreachableBlocks(F);
  for (Value *Slot : Slots)
    dropDeadSlot(Slot);
}

void EdgeLowering::lowerTries() {
  for (auto &[Slot, Try] : Paths.tries())
    lowerTry(Try);
  SmallPtrSet<Value *, 4> Guards;
  for (auto &[Slot, Try] : Paths.tries()) {
    for (CallBase *End : Try.UnwindEnds) {
      Guards.insert(End->getArgOperand(0)->stripPointerCasts());
      cutUnwindEnd(*End, Try);
    }
    for (CallBase *End : Try.NormalEnds) {
      Guards.insert(End->getArgOperand(0)->stripPointerCasts());
      End->eraseFromParent();
    }
  }
  for (Value *Guard : Guards)
    dropDeadSlot(Guard);
}

/// Asks all there is to ask before anything changes.
void EdgeLowering::look() {
  for (Instruction &I : instructions(F)) {
    if (auto *Resume = dyn_cast<ResumeInst>(&I))
      Resumes.push_back(Resume);
    auto *Call = dyn_cast<CallBase>(&I);
    if (!Call || isMarker(Call, Marker::Raising))
      continue; // goes with the call through it
    Calls.push_back(Call);
    if (hasOutcome(F) && Call->isMustTailCall())
      refuseMustTail(cast<CallInst>(*Call));
    if (const auto *Known = dyn_cast<IntrinsicInst>(Call))
      HasStack |= Known->getIntrinsicID() == Intrinsic::stacksave;
    if (auto *Invoke = dyn_cast<InvokeInst>(Call))
      CaughtBy[Call] = Paths.caughtBy(*Invoke->getUnwindDest());
  }
  findExceptionSlot();
}

void EdgeLowering::run() {
  look();
  for (WeakVH &Each : Calls) {
    auto *Call = cast_or_null<CallBase>(Each);
    if (!Call)
      continue;
    if (Value *Callee = raisingCallee(*Call)) {
      lowerCall(*Call, Callee);
    } else if (isMarker(Call, Marker::Raise)) {
      lowerRaise(*Call);
    } else if (isMarker(Call, Marker::ErrorPlace)) {
      Call->replaceAllUsesWith(ownErrorPlace());
      Call->eraseFromParent();
    } else if (auto *Invoke = dyn_cast<InvokeInst>(Call); Invoke && Own) {
      changeToCall(Invoke);
    }
  }
  lowerTries();
  for (ResumeInst *Resume : Resumes)
    lowerResume(*Resume);
  if (Own) {
    dropPads();
    F.setPersonalityFn(nullptr);
    F.setDoesNotThrow();
  }
}

void lowerUnwindEdges(Function &F, const PassConfig &Config) {
  DeferredBlocks Deferred(F);
  EdgeLowering(F, Config).run();
  Deferred.join();
}

} // namespace coro
