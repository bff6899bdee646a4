//===-- LowerEffects.cpp - effect-lower: annotations become facts ---------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The front end speaks to the passes in annotations and marker calls. This pass
// turns the annotations of functions into metadata, and resolves the markers
// whose meaning does not depend on a frame's layout:
//
//   %p = call ptr @__coro_bind(ptr %frame, ptr @f)   becomes
//   call i32 %p(i32 1)                               call void @f.bind(%frame,
//                                                                      i32 1)
//
// Afterwards a function that yields is used as a direct callee only; everywhere
// else its descriptor stands for it.
//
//===----------------------------------------------------------------------===//

#include "IR/Facts.h"
#include "IR/Markers.h"
#include "IR/Outcome.h"
#include "IR/Parts.h"
#include "Support/Compat.h"
#include "Transforms/BindTask.h"
#include "Transforms/BlockOn.h"
#include "Transforms/Combine.h"
#include "Transforms/DropUnused.h"
#include "Transforms/LeaveTasks.h"
#include "Transforms/LowerGenerators.h"
#include "Transforms/Offload.h"
#include "Transforms/Passes.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/Statistic.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/Transforms/Utils/Local.h"

#define DEBUG_TYPE "effect-lower"

using namespace llvm;

STATISTIC(NumCoroutines, "Number of functions that yield");

namespace coro {

static void recordCoroutine(Function &F, bool Waits) {
  bool First = !isCoroutine(F);
  NumCoroutines += First;
  setCoroutine(F);
  setNeverWaits(F, !Waits && (First || neverWaits(F)));
}

/// Text is "size,align".
static void recordExchange(Function &F, Exchange What, StringRef Text) {
  uint64_t Size, Align;
  auto [First, Second] = Text.split(',');
  if (First.getAsInteger(10, Size) || Second.getAsInteger(10, Align))
    return;
  setExchange(F, What, Size, Align);
  if (What == Exchange::Value)
    recordCoroutine(F, /*Waits=*/false);
}

/// True for an annotation that is ours; its fact is then recorded.
static bool recordAnnotation(Function &F, StringRef Text) {
  if (Text == YieldsAnnotation) {
    recordCoroutine(F, /*Waits=*/true);
    return true;
  }
  if (Text == GenericAnnotation) {
    setGeneric(F, true);
    return true;
  }
  if (Text == EdgesAnnotation) {
    setHasOwnEdges(F);
    return true;
  }
  if (Text == StopsAnnotation) {
    setStopsExceptions(F);
    return true;
  }
  if (Text == HeldAnnotation) {
    setHeld(F);
    return true;
  }
  for (auto [Annotation, What] :
       {std::pair(ResultAnnotation, Exchange::Result),
        std::pair(ValueAnnotation, Exchange::Value),
        std::pair(ReceivedAnnotation, Exchange::Received),
        std::pair(ErrorAnnotation, Exchange::Error)})
    if (Text.consume_front(Annotation)) {
      recordExchange(F, What, Text);
      return true;
    }
  uint64_t Limit;
  if (Text.consume_front(LimitAnnotation) && !Text.getAsInteger(10, Limit)) {
    setFrameLimit(F, Limit);
    return true;
  }
  // The rest of ours is for the front end.
  return Text.starts_with(FrontEndAnnotation);
}

static void readFunctionAnnotations(Module &M) {
  GlobalVariable *Table = M.getNamedGlobal("llvm.global.annotations");
  if (!Table || !Table->hasInitializer())
    return;
  const auto *Rows = dyn_cast<ConstantArray>(Table->getInitializer());
  if (!Rows)
    return;
  SmallVector<Constant *, 8> Others;
  for (const Use &Row : Rows->operands()) {
    const auto *Entry = cast<ConstantStruct>(Row);
    auto *F = dyn_cast<Function>(Entry->getOperand(0)->stripPointerCasts());
    if (!F || !recordAnnotation(*F, annotationText(Entry->getOperand(1))))
      Others.push_back(cast<Constant>(Row));
  }
  if (Others.size() == Rows->getNumOperands())
    return;
  if (!Others.empty()) {
    auto *Type = ArrayType::get(Others.front()->getType(), Others.size());
    auto *Rest =
        new GlobalVariable(M, Type, Table->isConstant(), Table->getLinkage(),
                           ConstantArray::get(Type, Others));
    Rest->setSection(Table->getSection());
    Rest->takeName(Table);
  }
  Table->eraseFromParent();
}

/// The frame of a task is a field annotated with the name of its function.
/// Records which function each such pointer belongs to and takes the annotation
/// away.
static MapVector<Value *, Function *> readTaskAnnotations(Module &M) {
  MapVector<Value *, Function *> Tasks;
  SmallVector<IntrinsicInst *, 8> Annotations;
  for (Function &F : M)
    for (Instruction &I : instructions(F))
      if (auto *Call = dyn_cast<IntrinsicInst>(&I))
        if (Call->getIntrinsicID() == Intrinsic::ptr_annotation &&
            annotationText(Call->getArgOperand(1)).starts_with(TaskAnnotation))
          Annotations.push_back(Call);
  for (IntrinsicInst *Call : Annotations) {
    StringRef Name = annotationText(Call->getArgOperand(1))
                         .drop_front(TaskAnnotation.size());
    Value *Frame = Call->getArgOperand(0);
    if (Function *F = M.getFunction(Name))
      for (User *U : Call->users())
        Tasks[U] = F;
    // At -O0 the decay of the array is an instruction of its own.
    for (User *U : Call->users())
      if (auto *Decay = dyn_cast<GetElementPtrInst>(U))
        if (Function *F = M.getFunction(Name))
          for (User *Inner : Decay->users())
            Tasks[Inner] = F;
    Call->replaceAllUsesWith(Frame);
    Call->eraseFromParent();
  }
  return Tasks;
}

/// The frame is no task's that the front end made.
static void rejectTask(CallBase &Call, StringRef Word,
                       const PassConfig &Config) {
  Function &F = *Call.getFunction();
  Config.report(
      makeProblem(DiagID::NotATask, F, &Call, {Word.str(), F.getName().str()}),
      F);
}

static void lowerCancelMarkers(Module &M,
                               const MapVector<Value *, Function *> &Tasks,
                               const PassConfig &Config) {
  for (Marker Which : {Marker::CancelNow, Marker::RequestCancel})
    for (CallBase *Call : callsOf(M, Which)) {
      bool Now = Which == Marker::CancelNow;
      if (Function *F = Tasks.lookup(Call))
        Now ? lowerCancelNow(*Call, *F) : lowerRequestCancel(*Call, *F);
      else
        rejectTask(*Call, Now ? "coro_cancel_now" : "coro_request_cancel",
                   Config);
      eraseCall(Call);
    }
}

static void lowerTaskMarkers(Module &M, const PassConfig &Config,
                             ModuleAnalysisManager &AM) {
  MapVector<Value *, Function *> Tasks = readTaskAnnotations(M);
  for (CallBase *Frame : callsOf(M, Marker::FrameOf))
    if (Function *F = taskOfFrame(*Frame))
      for (User *U : Frame->users())
        Tasks[U] = F;
  for (CallBase *Call : callsOf(M, Marker::Offload))
    lowerOffload(*Call, Config);
  for (CallBase *Call : callsOf(M, Marker::Bind))
    lowerBind(*Call, Config);
  for (CallBase *Call : callsOf(M, Marker::New))
    lowerNew(*Call, Config);
  for (CallBase *Call : callsOf(M, Marker::BlockOn))
    // What a generic is called with, is for effect-specialise to see.
    if (!isMarker(Call->getArgOperand(1), Marker::As))
      checkBlockOn(*Call, Config);
  for (CallBase *Call : callsOf(M, Marker::Poll)) {
    Function *F = Tasks.lookup(Call);
    if (!F) {
      rejectTask(*Call, "coro_poll", Config);
      continue;
    }
    Call->setCalledFunction(pollOf(*F));
    Function &Consumer = *Call->getFunction();
    setConsumer(Consumer, !Consumer.hasOptNone());
  }
  lowerCancelMarkers(M, Tasks, Config);
  for (CallBase *Call : callsOf(M, Marker::Of)) {
    if (Function *F = Tasks.lookup(Call))
      Call->replaceAllUsesWith(descriptorOf(*F));
    else
      rejectTask(*Call, "coro_erase", Config);
    eraseCall(Call);
  }
  LoopFrames Loops;
  for (CallBase *Call : callsOf(M, Marker::Begin)) {
    Function *F = functionOperand(Call->getArgOperand(1));
    if (F && isCoroutine(*F)) {
      Loops.add(*Call, *F);
      lowerBegin(*Call, *F);
    }
    eraseMarker(Call, F ? descriptorOf(*F) : nullptr);
  }
  for (CallBase *Call : callsOf(M, Marker::LoopEnd))
    Loops.lowerEnd(*Call);
  for (CallBase *Call : callsOf(M, Marker::Next)) {
    if (Function *F = Tasks.lookup(Call))
      lowerNext(*Call, *F);
    else
      rejectTask(*Call, "coro_next", Config);
    eraseCall(Call);
  }
  lowerExchange(M);
  lowerTaskScopes(M);
  lowerCombinators(M, AM);
  for (CallBase *Call : callsOf(M, Marker::FrameOf)) {
    Call->replaceAllUsesWith(Call->getArgOperand(0));
    eraseCall(Call);
  }
}

/// Users of F's address, each once: replacing one use of a constant replaces
/// the constant, with all of its uses.
static SmallVector<User *, 8> addressUsers(Function &F) {
  SmallSetVector<User *, 8> Users;
  for (Use &U : F.uses()) {
    auto *Call = dyn_cast<CallBase>(U.getUser());
    // The mark of a call names functions, and holds no pointers.
    if (!(Call && (Call->isCallee(&U) || isMarker(Call, Marker::As) ||
                   isMarker(Call, Marker::BlockOn))) &&
        !isa<BlockAddress>(U.getUser()))
      Users.insert(U.getUser());
  }
  return Users.takeVector();
}

/// A pointer to a function that yields is a pointer to its descriptor.
static void replaceAddresses(Module &M, const PassConfig &Config) {
  for (Function &F : M) {
    if (!isCoroutine(F) || isMarkerName(F.getName()))
      continue;
    for (User *U : addressUsers(F)) {
      if (auto *Alias = dyn_cast<GlobalValue>(U);
          Alias && !isa<GlobalVariable>(U)) {
        Config.report(makeProblem(DiagID::Unsupported, F, nullptr,
                                  {"an alias", F.getName().str(),
                                   "its parts are separate functions"}),
                      F);
        Alias->replaceAllUsesWith(PoisonValue::get(Alias->getType()));
        Alias->eraseFromParent();
        continue;
      }
      GlobalVariable *Descriptor = descriptorOf(F);
      if (auto *C = dyn_cast<Constant>(U); C && !isa<GlobalValue>(C)) {
        C->handleOperandChange(&F, Descriptor);
        continue;
      }
      for (Use &Operand : U->operands()) {
        auto *Call = dyn_cast<CallBase>(U);
        if (Operand.get() == &F && !(Call && Call->isCallee(&Operand)))
          Operand.set(Descriptor);
      }
    }
  }
}

/// Assembler names are the user's to choose, and one may be a part's.
static void refuseTakenNames(Module &M, const PassConfig &Config) {
  for (Function &F : M) {
    if (!isCoroutine(F) || isMarkerName(F.getName()))
      continue;
    for (StringRef Suffix : {StartSuffix, PollSuffix, CancelSuffix, BindSuffix,
                             ResumeSuffix, DescriptorSuffix}) {
      std::string Name = (F.getName() + Suffix).str();
      GlobalValue *Taken = M.getNamedValue(Name);
      if (!Taken)
        continue;
      Config.report(
          makeProblem(DiagID::NameTaken, F, nullptr, {F.getName().str(), Name}),
          F);
      // No object comes of this module: the passes go on to the next error.
      Taken->setName(Name + ".taken");
    }
  }
}

PreservedAnalyses LowerEffects::run(Module &M, ModuleAnalysisManager &AM) {
  readFunctionAnnotations(M);
  if (!Config.IsScratch)
    dropUnused(M, /*Yielding=*/true);
  // Markers can be called in a unit without a function that yields: wrongly.
  if (none_of(M, [](const Function &F) {
        return isCoroutine(F) || isMarkerName(F.getName());
      }))
    return PreservedAnalyses::all();
  refuseTakenNames(M, Config);
  lowerTaskMarkers(M, Config, AM);
  replaceAddresses(M, Config);
  return PreservedAnalyses::none();
}

} // namespace coro
