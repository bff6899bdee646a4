//===-- Split.cpp - frame-split: start, poll, bind ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Cuts a function at its suspensions. Two copies are made of it:
//
//   f.start    from the top: arguments in registers. At a suspension it stores
//              the state index and returns PENDING; what follows is gone.
//   f.poll     from each suspension: a switch on the state index into the
//              blocks that resume. The top is gone; a bound frame (coro_start)
//              has its arguments loaded and handed to f.start.
//
//   switch i8 %state, label %invalid [ 1: bound, 2: done, 3: resume.0, ... ]
//
// An index outside of that traps. A wait polls the child first, and where that
// is not done, returns at once: the frame is as it was.
//
//===----------------------------------------------------------------------===//

#include "Analysis/AsmLabels.h"
#include "Analysis/FrameLayout.h"
#include "IR/Facts.h"
#include "IR/Markers.h"
#include "IR/Parts.h"
#include "IR/Result.h"
#include "Transforms/Passes.h"
#include "Transforms/SplitDebug.h"
#include "coro/abi.h"
#include "llvm/ADT/Statistic.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/Cloning.h"
#include "llvm/Transforms/Utils/Local.h"

#define DEBUG_TYPE "frame-split"

using namespace llvm;

STATISTIC(NumSplit, "Number of functions split");

namespace coro {

namespace {
/// One copy of the function: f.start or f.poll.
class PartBuilder {
protected:
  Function &F;
  const Coroutine &C; // of F
  Function &Part;
  ValueToValueMapTy Map;
  IntegerType *StateType;

  Value *frame() const { return Part.getArg(0); }
  /// A parameter, or for a variadic start what its caller left in the frame.
  Value *Context = nullptr;
  Value *context() const { return Context ? Context : Part.getArg(1); }
  BasicBlock *copied(const BasicBlock *Block) const {
    return cast<BasicBlock>(Map.lookup(Block));
  }
  void storeState(IRBuilder<> &B, unsigned State);
  void clone();
  void replaceMarkers();
  void lowerReturns();
  void lowerSuspensions();
  void finish();

public:
  PartBuilder(const Coroutine &C, Function &Part)
      : F(C.F), C(C), Part(Part),
        StateType(IntegerType::get(F.getContext(), 8 * C.stateBytes())) {}
};

class StartBuilder : PartBuilder {
public:
  using PartBuilder::PartBuilder;
  void build();
};

class PollBuilder : PartBuilder {
  BasicBlock *Entry = nullptr;
  void moveEntryCode();
  void buildSwitch();
  BasicBlock *buildBound();
  BasicBlock *buildWait(const SuspendPoint &Point);

public:
  using PartBuilder::PartBuilder;
  void build();
};
} // namespace

void PartBuilder::storeState(IRBuilder<> &B, unsigned State) {
  B.CreateStore(ConstantInt::get(StateType, State), frame());
}

void PartBuilder::clone() {
  SmallVector<ReturnInst *, 4> Returns;
  AttributeList Attributes = Part.getAttributes();
  CallingConv::ID Convention = Part.getCallingConv();
  CloneFunctionInto(&Part, &F, Map, CloneFunctionChangeType::LocalChangesOnly,
                    Returns);
  // The copy took over what is the source function's alone.
  Part.setAttributes(Attributes);
  Part.setLinkage(F.getLinkage());
  Part.setCallingConv(Convention);
  SmallVector<std::pair<unsigned, MDNode *>, 4> Metadata;
  Part.getAllMetadata(Metadata);
  for (auto [Kind, Node] : Metadata)
    if (!isa<DISubprogram>(Node))
      Part.setMetadata(Kind, nullptr);
  Part.setComdat(F.getComdat());
}

/// Replaces the markers that stand for the two parameters every part has.
void PartBuilder::replaceMarkers() {
  for (auto [Which, Argument] :
       {std::pair(Marker::Frame, frame()), std::pair(Marker::Self, context())})
    for (CallBase *Call : callsOf(Part, Which)) {
      if (auto *Invoke = dyn_cast<InvokeInst>(Call))
        Call = changeToCall(Invoke);
      Call->replaceAllUsesWith(Argument);
      Call->eraseFromParent();
    }
  for (CallBase *Call : callsOf(Part, Marker::Exchange)) {
    IRBuilder<> B(Call);
    auto What = static_cast<Exchange>(
        cast<ConstantInt>(Call->getArgOperand(0))->getZExtValue());
    uint64_t Offset = exchangePlace(F, What).value_or(ResultPlace()).Offset;
    Call->replaceAllUsesWith(
        B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), frame(), Offset));
    Call->eraseFromParent();
  }
}

/// The end: the result into its place, and nothing left to resume.
void PartBuilder::lowerReturns() {
  ResultPlace Place = resultPlace(F);
  bool Signed = F.getAttributes().hasRetAttr(Attribute::SExt);
  for (BasicBlock &Block : Part) {
    auto *Return = dyn_cast<ReturnInst>(Block.getTerminator());
    if (!Return)
      continue;
    IRBuilder<> B(Return);
    if (Value *Result = Return->getReturnValue())
      storeResult(B, Result, Signed, frame(), Place);
    storeState(B, CORO_STATE_DONE);
    B.CreateRet(B.getInt32(CORO_DONE));
    Return->eraseFromParent();
  }
}

void PartBuilder::lowerSuspensions() {
  for (unsigned I = 0; I < C.Points.size(); ++I) {
    BasicBlock *Block = copied(C.Points[I].Suspend);
    auto *Marked = cast<Instruction>(Map.lookup(C.Points[I].Marker));
    IRBuilder<> B(Marked);
    B.SetCurrentDebugLocation(Marked->getDebugLoc());
    storeState(B, CORO_STATE_FIRST + I);
    bool IsWait = C.Points[I].childPoll();
    B.CreateRet(IsWait ? B.getInt32(CORO_PENDING) : Marked->getOperand(0));
    Marked->eraseFromParent();
    Instruction *Jump = Block->getTerminator();
    copied(C.Points[I].Resume)->removePredecessor(Block, true);
    Jump->eraseFromParent();
  }
}

void PartBuilder::finish() {
  EliminateUnreachableBlocks(Part);
  ++NumSplit;
}

void StartBuilder::build() {
  unsigned Index = leadingParameters(*F.getFunctionType());
  for (unsigned Parameter : passedParameters(F)) {
    Argument *To = Part.getArg(Index++);
    To->setName(F.getArg(Parameter)->getName());
    Map[F.getArg(Parameter)] = To;
  }
  // The place of a struct result has become a variable of the frame.
  for (Argument &A : F.args())
    if (A.hasStructRetAttr())
      Map[&A] = PoisonValue::get(A.getType());
  clone();
  if (F.isVarArg()) {
    IRBuilder<> B(&*Part.getEntryBlock().begin());
    Context = B.CreateLoad(
        frame()->getType(),
        B.CreateConstInBoundsGEP1_64(
            B.getInt8Ty(), frame(),
            variadicContextOffset(F.getParent()->getDataLayout())));
  }
  lowerReturns();
  lowerSuspensions();
  replaceMarkers();
  describeVariables(Part, frame(), &Part.getEntryBlock());
  finish();
}

/// The child is polled; where it is not done, neither is this.
BasicBlock *PollBuilder::buildWait(const SuspendPoint &Point) {
  DebugLoc Where = copied(Point.Suspend)->getTerminator()->getDebugLoc();
  BasicBlock *Block = BasicBlock::Create(F.getContext(), "coro.poll", &Part);
  BasicBlock *Pending =
      BasicBlock::Create(F.getContext(), "coro.pending", &Part);
  IRBuilder<> B(Block);
  B.SetCurrentDebugLocation(Where);
  auto *Child = cast<Instruction>(Map.lookup(Point.child()));
  // The child's address was taken at the top, which moves here.
  Value *Status = B.CreateCall(Point.childPoll(), {Child, context()});
  B.CreateCondBr(B.CreateICmpEQ(Status, B.getInt32(CORO_DONE)),
                 copied(Point.Resume), Pending);
  B.SetInsertPoint(Pending);
  B.CreateRet(B.getInt32(CORO_PENDING));
  return Block;
}

/// coro_start has stored the arguments: what a call would have passed.
BasicBlock *PollBuilder::buildBound() {
  BasicBlock *Block = BasicBlock::Create(F.getContext(), "coro.bound", &Part);
  IRBuilder<> B(Block);
  Function *Start = startOf(F);
  SmallVector<Value *, 8> Arguments = {frame(), context()};
  BoundArguments Bound(F);
  for (const BoundArgument &A : Bound.Arguments) {
    Value *From =
        B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), frame(), A.Offset);
    Argument &Parameter = *F.getArg(A.Parameter);
    if (Parameter.hasByValAttr()) {
      // Off the frame, which f.start is about to write.
      IRBuilder<> Top(Entry, Entry->begin());
      AllocaInst *Copy = Top.CreateAlloca(Parameter.getParamByValType());
      Copy->setAlignment(Align(A.Align));
      B.CreateMemCpy(Copy, Align(A.Align), From, Align(A.Align), A.Size);
      Arguments.push_back(Copy);
    } else {
      Arguments.push_back(
          B.CreateAlignedLoad(Parameter.getType(), From, Align(A.Align)));
    }
  }
  CallInst *Call = B.CreateCall(Start, Arguments);
  Call->setAttributes(
      Start->getAttributes().removeFnAttributes(F.getContext()));
  if (DISubprogram *Subprogram = Part.getSubprogram())
    Call->setDebugLoc(
        DILocation::get(F.getContext(), Subprogram->getLine(), 0, Subprogram));
  B.CreateRet(Call);
  return Block;
}

void PollBuilder::buildSwitch() {
  LLVMContext &Context = F.getContext();
  IRBuilder<> B(Entry);
  BasicBlock *Invalid = BasicBlock::Create(Context, "coro.invalid", &Part);
  Value *State = B.CreateLoad(StateType, frame(), "state");
  SwitchInst *Switch = B.CreateSwitch(State, Invalid, C.Points.size() + 2);
  auto addCase = [&](unsigned Value, BasicBlock *To) {
    Switch->addCase(ConstantInt::get(StateType, Value), To);
  };
  if (!F.isVarArg())
    addCase(CORO_STATE_BOUND, buildBound());
  BasicBlock *Done = BasicBlock::Create(Context, "coro.done", &Part);
  B.SetInsertPoint(Done);
  B.CreateRet(B.getInt32(CORO_DONE));
  addCase(CORO_STATE_DONE, Done);
  for (unsigned I = 0; I < C.Points.size(); ++I) {
    const SuspendPoint &Point = C.Points[I];
    addCase(CORO_STATE_FIRST + I,
            Point.childPoll() ? buildWait(Point) : copied(Point.Resume));
  }
  B.SetInsertPoint(Invalid);
  B.CreateIntrinsic(B.getVoidTy(), Intrinsic::trap, {});
  B.CreateUnreachable();
}

/// Variables of this poll, and addresses in the frame, are for all states.
void PollBuilder::moveEntryCode() {
  BasicBlock *Top = copied(&F.getEntryBlock());
  SmallVector<Instruction *, 16> Moved;
  for (Instruction &I : *Top) {
    const auto *A = dyn_cast<AllocaInst>(&I);
    const auto *Address = dyn_cast<GetElementPtrInst>(&I);
    const auto *Cast = dyn_cast<AddrSpaceCastInst>(&I);
    if ((A && A->isStaticAlloca()) ||
        (Address && Address->getPointerOperand() == frame() &&
         Address->hasAllConstantIndices()) ||
        (Cast && is_contained(Moved, Cast->getOperand(0))))
      Moved.push_back(&I);
  }
  Entry = BasicBlock::Create(F.getContext(), "coro.entry", &Part, Top);
  for (Instruction *I : Moved)
    I->moveBefore(*Entry, Entry->end());
}

void PollBuilder::build() {
  for (Argument &A : F.args())
    Map[&A] = PoisonValue::get(A.getType());
  clone();
  lowerReturns();
  replaceMarkers();
  moveEntryCode();
  lowerSuspensions();
  buildSwitch();
  describeVariables(Part, frame(), Entry);
  finish();
}

/// void f.bind(frame, arguments...)
static void buildBind(Function &F, const Coroutine &C) {
  Function &Bind = *bindOf(F);
  BasicBlock *Block = BasicBlock::Create(F.getContext(), "entry", &Bind);
  IRBuilder<> B(Block);
  Value *Frame = Bind.getArg(0);
  unsigned Index = 1;
  BoundArguments Bound(F);
  for (const BoundArgument &A : Bound.Arguments) {
    Value *To = B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), Frame, A.Offset);
    Argument &Parameter = *F.getArg(A.Parameter);
    Value *From = Bind.getArg(Index++);
    if (Parameter.hasByValAttr())
      B.CreateMemCpy(To, Align(A.Align), From, Parameter.getParamAlign(),
                     A.Size);
    else
      B.CreateAlignedStore(From, To, Align(A.Align));
  }
  B.CreateStore(B.getIntN(8 * C.stateBytes(), CORO_STATE_BOUND), Frame);
  B.CreateRetVoid();
  Bind.setLinkage(F.getLinkage());
  Bind.setComdat(F.getComdat());
  // A handful of stores: worth it everywhere, but not at -O0.
  Bind.removeFnAttr(Attribute::AlwaysInline);
}

/// f.poll calls f.start: inlining it there would define its labels twice.
static void keepOnce(Function &F) {
  for (Function *Part : {startOf(F), pollOf(F)}) {
    Part->removeFnAttr(Attribute::AlwaysInline);
    Part->removeFnAttr(Attribute::InlineHint);
    Part->addFnAttr(Attribute::NoInline);
  }
}

/// A function whose frame could not be placed was reported; its body goes, so
/// that the rest of the pipeline has IR it can check.
static bool isPlaced(const Function &F) {
  return frameFacts(F).has_value() &&
         !callsOf(const_cast<Function &>(F), Marker::Frame).empty();
}

PreservedAnalyses Split::run(Module &M, ModuleAnalysisManager &) {
  SmallVector<Function *, 8> Coroutines;
  for (Function &F : M)
    if (isCoroutine(F) && !F.isDeclaration())
      Coroutines.push_back(&F);
  for (Function *F : Coroutines) {
    if (isPlaced(*F)) {
      Coroutine C(*F);
      StartBuilder(C, *startOf(*F)).build();
      PollBuilder(C, *pollOf(*F)).build();
      if (isConsumer(*F))
        for (Function *Part : {startOf(*F), pollOf(*F)})
          setConsumer(*Part, true);
      if (definesAsmLabel(*F))
        keepOnce(*F);
      if (!F->isVarArg())
        buildBind(*F, C);
    }
  }
  return Coroutines.empty() ? PreservedAnalyses::all()
                            : PreservedAnalyses::none();
}

} // namespace coro
