//===-- PlaceFrame.cpp - frame-place: into the frame and out of it --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Applies a FrameLayout. Variables of the frame get their address in it. A
// value is stored in front of a suspension, where its slot does not hold it
// already, and loaded or recomputed behind it:
//
//   point:  %s = getelementptr %frame, 8        resumed: %r = load %s
//           store %x, %s                                 (%r stands for %x
//           call void @coro.point()                       from here on)
//
// To replace %x by whichever of %x and its reloads is current, each such value
// is first given a variable, and the variables are then promoted to registers.
//
// The order is callees first, since a frame contains the callees'.
//
//===----------------------------------------------------------------------===//

#include "Analysis/CallGraph.h"
#include "Analysis/FrameLayout.h"
#include "Analysis/SlotAvailability.h"
#include "IR/Markers.h"
#include "Support/Compat.h"
#include "Transforms/Passes.h"
#include "coro/abi.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/Statistic.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/InlineAsm.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/PromoteMemToReg.h"

#define DEBUG_TYPE "frame-place"

using namespace llvm;

STATISTIC(NumSlots, "Number of values stored over a suspension");
STATISTIC(NumRecomputed, "Number of values recomputed after a suspension");
STATISTIC(NumVariables, "Number of variables in frames");
STATISTIC(NumBarriers, "Number of lifetimes kept apart in shared bytes");
STATISTIC(NumFrameBytes, "Number of bytes in frames");

namespace coro {

namespace {
class FramePlacer {
  Coroutine &C;
  const FrameLayout &Layout;
  const Options &Opts;
  Value *Frame;
  /// The variable that stands for a value while it is being replaced.
  MapVector<Value *, AllocaInst *> Registers;
  DenseMap<Instruction *, SmallVector<Value *, 2>> Operands;

  Value *address(IRBuilder<> &B, uint64_t Offset);
  void demote(Value &V);
  Value *current(IRBuilder<> &B, Value *V);
  void save(unsigned Point, const BitVector &Wanted);
  void poison(IRBuilder<> &B, unsigned Point);
  void noteOperands(Instruction &I, unsigned Depth);
  bool crosses(const Value *V, unsigned Point) const;
  Value *recompute(IRBuilder<> &B, Instruction &I, unsigned Point);
  void restore(unsigned Point);
  void placeVariables();
  void dropLifetimes(AllocaInst &A);
  bool sharesBytes(const FrameObject &O) const;

public:
  FramePlacer(Coroutine &C, const FrameLayout &Layout, const Options &Opts);
  void run();
};
} // namespace

FramePlacer::FramePlacer(Coroutine &C, const FrameLayout &Layout,
                         const Options &Opts)
    : C(C), Layout(Layout), Opts(Opts) {
  IRBuilder<> B(&*C.F.getEntryBlock().begin());
  Frame = B.CreateCall(
      declareMarker(*C.F.getParent(), Marker::Frame,
                    FunctionType::get(B.getPtrTy(), false)),
      {}, "frame");
}

Value *FramePlacer::address(IRBuilder<> &B, uint64_t Offset) {
  return B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), Frame, Offset);
}

/// Where a value can first be stored.
static BasicBlock::iterator afterDefinition(Value &V, Function &F) {
  if (isa<Argument>(V))
    return F.getEntryBlock().getFirstNonPHIOrDbgOrAlloca();
  auto *I = cast<Instruction>(&V);
  if (isa<PHINode>(I))
    return I->getParent()->getFirstInsertionPt();
  if (auto *Invoke = dyn_cast<InvokeInst>(I)) {
    BasicBlock *Normal = Invoke->getNormalDest();
    if (!Normal->getSinglePredecessor())
      Normal = SplitEdge(Invoke->getParent(), Normal);
    return Normal->getFirstInsertionPt();
  }
  return std::next(I->getIterator());
}

/// Gives V a variable: stored once, behind the definition, and loaded for each
/// use that another block makes of it.
void FramePlacer::demote(Value &V) {
  BasicBlock::iterator Where = afterDefinition(V, C.F);
  IRBuilder<> B(C.F.getContext());
  B.SetInsertPoint(&*C.F.getEntryBlock().begin());
  AllocaInst *Register = B.CreateAlloca(V.getType(), nullptr, V.getName());
  Registers[&V] = Register;
  SmallVector<Use *, 8> Uses;
  for (Use &U : V.uses())
    Uses.push_back(&U);
  const BasicBlock *Home = Where->getParent();
  for (Use *U : Uses) {
    auto *User = cast<Instruction>(U->getUser());
    if (auto *Phi = dyn_cast<PHINode>(User)) {
      BasicBlock *Incoming = Phi->getIncomingBlock(*U);
      if (Incoming == Home)
        continue;
      B.SetInsertPoint(Incoming->getTerminator());
      Value *Loaded = B.CreateLoad(V.getType(), Register);
      for (unsigned I = 0; I < Phi->getNumIncomingValues(); ++I)
        if (Phi->getIncomingBlock(I) == Incoming &&
            Phi->getIncomingValue(I) == &V)
          Phi->setIncomingValue(I, Loaded);
    } else if (User->getParent() != Home) {
      B.SetInsertPoint(User);
      U->set(B.CreateLoad(V.getType(), Register));
    }
  }
  B.SetInsertPoint(Where->getParent(), Where);
  B.SetCurrentDebugLocation(DebugLoc());
  B.CreateStore(&V, Register);
}

/// The value in the register that stands for V, or V where none does.
Value *FramePlacer::current(IRBuilder<> &B, Value *V) {
  AllocaInst *Register = Registers.lookup(V);
  return Register ? B.CreateLoad(V->getType(), Register) : V;
}

/// Overwrites every byte that the layout believes to be dead at this point.
void FramePlacer::poison(IRBuilder<> &B, unsigned Point) {
  std::vector<std::pair<uint64_t, uint64_t>> Alive = {{0, C.stateBytes()}};
  for (unsigned Object : Layout.AtPoint[Point].set_bits()) {
    const FrameObject &O = Layout.Objects[Object];
    Alive.push_back({O.Offset, O.Offset + O.Size});
  }
  llvm::sort(Alive);
  uint64_t Dead = 0;
  Alive.push_back({Layout.Facts.Size, Layout.Facts.Size});
  for (auto [Begin, End] : Alive) {
    if (Begin > Dead)
      B.CreateMemSet(address(B, Dead), B.getInt8(0xD5), Begin - Dead,
                     MaybeAlign());
    Dead = std::max(Dead, End);
  }
}

void FramePlacer::save(unsigned Point, const BitVector &Wanted) {
  IRBuilder<> B(C.Points[Point].Marker);
  for (unsigned Object : Wanted.set_bits()) {
    const FrameObject &O = Layout.Objects[Object];
    B.CreateAlignedStore(current(B, O.What), address(B, O.Offset),
                         Align(O.Align));
  }
  if (Opts.PoisonDead)
    poison(B, Point);
}

/// Notes what recomputed values are computed from, before registers take the
/// place of these operands.
void FramePlacer::noteOperands(Instruction &I, unsigned Depth) {
  if (Depth == 0 || isa<AllocaInst>(I))
    return;
  Operands.try_emplace(&I, I.operand_values());
  for (Value *Operand : I.operands())
    if (auto *Inner = dyn_cast<Instruction>(Operand))
      noteOperands(*Inner, Depth - 1);
}

bool FramePlacer::crosses(const Value *V, unsigned Point) const {
  auto It = Layout.Crossing.find(const_cast<Value *>(V));
  return It != Layout.Crossing.end() &&
         std::binary_search(It->second.begin(), It->second.end(), Point);
}

/// A copy of I, computed from what its operands are after this suspension: in
/// their registers where they cross it, or recomputed in their turn.
Value *FramePlacer::recompute(IRBuilder<> &B, Instruction &I, unsigned Point) {
  Instruction *Copy = I.clone();
  Copy->setDebugLoc(DebugLoc());
  for (auto [Index, Operand] : enumerate(Operands.find(&I)->second)) {
    auto *Inner = dyn_cast<Instruction>(Operand);
    if (Inner && !crosses(Inner, Point) && !isa<AllocaInst>(Inner))
      Copy->setOperand(Index, recompute(B, *Inner, Point));
    else
      Copy->setOperand(Index, current(B, Operand));
  }
  return B.Insert(Copy);
}

void FramePlacer::restore(unsigned Point) {
  BasicBlock *Resume = C.Points[Point].Resume;
  IRBuilder<> B(Resume, Resume->getFirstInsertionPt());
  B.SetCurrentDebugLocation(DebugLoc());
  for (unsigned Object : Layout.AtPoint[Point].set_bits()) {
    if (Object >= Layout.NumValues)
      break;
    const FrameObject &O = Layout.Objects[Object];
    Value *Loaded = B.CreateAlignedLoad(O.What->getType(),
                                        address(B, O.Offset), Align(O.Align));
    B.CreateStore(Loaded, Registers.lookup(O.What));
  }
  for (Instruction *I : Layout.Recomputed) {
    if (!crosses(I, Point))
      continue;
    Value *Again;
    if (isSavedStack(*I))
      Again = B.CreateStackSave();
    else
      Again = recompute(B, *I, Point);
    B.CreateStore(Again, Registers.lookup(I));
  }
}

void FramePlacer::dropLifetimes(AllocaInst &A) {
  SmallVector<Instruction *, 4> Markers;
  for (User *U : A.users())
    if (auto *I = dyn_cast<Instruction>(U); I && I->isLifetimeStartOrEnd())
      Markers.push_back(I);
  for (Instruction *I : Markers)
    I->eraseFromParent();
}

/// True where another variable uses some of this one's bytes at other times.
bool FramePlacer::sharesBytes(const FrameObject &O) const {
  ArrayRef<FrameObject> Variables(Layout.Objects);
  return any_of(Variables.drop_front(Layout.NumValues),
                [&O](const FrameObject &Other) {
                  return Other.What != O.What &&
                         Other.Offset < O.Offset + O.Size &&
                         O.Offset < Other.Offset + Other.Size;
                });
}

/// To LLVM, an access through one type and one through another do not touch the
/// same bytes; here they may, one after the other. So where the life of a
/// variable with shared bytes begins, its bytes are said to be written, in a way
/// that has no type and costs no instruction: what came before stays before.
static void separateLifetimes(AllocaInst &A, uint64_t Size) {
  SmallVector<Instruction *, 4> Begins;
  for (User *U : A.users())
    if (auto *Call = dyn_cast<IntrinsicInst>(U))
      if (Call->getIntrinsicID() == Intrinsic::lifetime_start)
        Begins.push_back(Call);
  for (Instruction *Begin : Begins) {
    IRBuilder<> B(Begin);
    auto *Type = FunctionType::get(B.getVoidTy(), {A.getType()}, false);
    CallInst *Barrier = B.CreateCall(
        InlineAsm::get(Type, "", "=*m", /*hasSideEffects=*/false), {&A});
    Barrier->addParamAttr(
        0, Attribute::get(A.getContext(), Attribute::ElementType,
                          ArrayType::get(B.getInt8Ty(), Size)));
    Barrier->setMemoryEffects(MemoryEffects::argMemOnly(ModRefInfo::Mod));
    Barrier->setDoesNotThrow();
    ++NumBarriers;
  }
}

void FramePlacer::placeVariables() {
  const MemoryUses &Uses = Layout.Memory.Uses;
  SmallSetVector<AllocaInst *, 8> OnStack;
  for (unsigned V : Layout.Memory.ScopeCrosses.set_bits())
    OnStack.insert(Uses.Variables[V]);
  for (unsigned I = Layout.NumValues; I < Layout.Objects.size(); ++I) {
    const FrameObject &O = Layout.Objects[I];
    auto *A = cast<AllocaInst>(O.What);
    OnStack.remove(A);
    if (!C.F.hasOptNone() && sharesBytes(O))
      separateLifetimes(*A, O.Size);
    dropLifetimes(*A);
    IRBuilder<> B(cast<Instruction>(Frame)->getNextNode());
    Value *Address = address(B, O.Offset);
    if (Address == Frame || isa<Constant>(Address))
      Address = Frame;
    else
      Address->takeName(A);
    if (Address->getType() != A->getType())
      Address = B.CreateAddrSpaceCast(Address, A->getType());
    A->replaceAllUsesWith(Address);
    A->eraseFromParent();
    ++NumVariables;
  }
  // Of those that stay on the poll's stack: a lifetime that began in an earlier
  // poll has not begun in this one.
  for (AllocaInst *A : OnStack)
    dropLifetimes(*A);
}

void FramePlacer::run() {
  std::vector<BitVector> Stores = slotsToStore(C, Layout, Opts);
  for (Instruction *I : Layout.Recomputed)
    noteOperands(*I, MaxRematChain);
  for (const auto &[V, Points] : Layout.Crossing) {
    (void)Points;
    demote(*V);
  }
  for (unsigned Point = 0; Point < C.Points.size(); ++Point) {
    save(Point, Stores[Point]);
    restore(Point);
  }
  placeVariables();
  SmallVector<AllocaInst *, 16> Promoted;
  for (auto &[V, Register] : Registers) {
    (void)V;
    Promoted.push_back(Register);
  }
  DominatorTree DT(C.F);
  PromoteMemToReg(Promoted, DT);
  NumSlots += Layout.NumValues;
  NumRecomputed += Layout.Recomputed.size();
  NumFrameBytes += Layout.Facts.Size;
}

/// The frame is settled: checks it against what was promised, and records it.
static void settle(Function &F, const FrameLayout &Layout,
                   const PassConfig &Config) {
  FrameFacts Facts = Layout.Facts;
  std::string Name = F.getName().str();
  auto fail = [&](DiagID ID, ArrayRef<std::string> More) {
    SmallVector<std::string, 4> Arguments = {Name};
    Arguments.append(More.begin(), More.end());
    Problem P = makeProblem(ID, F, nullptr, Arguments);
    std::vector<FrameObject> Largest = Layout.Objects;
    llvm::stable_sort(Largest, [](const FrameObject &A, const FrameObject &B) {
      return A.Size > B.Size;
    });
    for (const FrameObject &O : ArrayRef(Largest).take_front(3)) {
      auto *A = dyn_cast<AllocaInst>(O.What);
      std::string What = O.What->hasName() ? "'" + O.What->getName().str() + "'"
                                           : "a value without a name";
      if (Function *Callee = A ? childOf(*A) : nullptr)
        What = "the frame of '" + Callee->getName().str() + "'";
      P.Notes.push_back(makeProblem(DiagID::LargestMember, F, nullptr,
                                    {std::to_string(O.Size), What}));
    }
    Config.report(P, F);
  };
  std::string Size = std::to_string(Facts.Size);
  if (Facts.Size > INT32_MAX)
    fail(DiagID::FrameHuge, {Size});
  if (std::optional<uint64_t> Limit = frameLimit(F)) {
    if (Facts.Size > *Limit)
      fail(DiagID::FrameTooLarge, {Size, std::to_string(Facts.Size - *Limit),
                                   std::to_string(*Limit)});
    else if (Facts.Align > CORO_CONTRACT_ALIGN)
      fail(DiagID::FrameAlignment, {std::to_string(Facts.Align)});
    return;
  }
  uint64_t Promised = Config.PromisedSize ? Config.PromisedSize(F.getName()) : 0;
  if (Promised && Facts.Size > Promised)
    fail(DiagID::FrameChanged, {Size, std::to_string(Promised)});
  Facts.Size = std::max(Facts.Size, Promised);
  setFrameFacts(F, Facts);
}

/// Callees' frames get their size, wherever they are.
static void sizeChildFrames(Function &F) {
  for (Instruction &I : instructions(F)) {
    auto *A = dyn_cast<AllocaInst>(&I);
    Function *Callee = A ? childOf(*A) : nullptr;
    std::optional<FrameFacts> Facts =
        Callee ? frameFacts(*Callee) : std::nullopt;
    if (!Facts)
      continue;
    A->setAllocatedType(
        ArrayType::get(Type::getInt8Ty(F.getContext()), Facts->Size));
    A->setAlignment(Align(Facts->Align));
  }
}

PreservedAnalyses PlaceFrame::run(Module &M, ModuleAnalysisManager &) {
  bool Changed = false;
  for (Function *F : calleesFirst(M)) {
    Changed = true;
    sizeChildFrames(*F);
    Coroutine C(*F);
    FrameLayout Layout(C, Config.Opts);
    for (const Problem &P : Layout.Problems)
      Config.report(P, *F);
    if (!Layout.Problems.empty())
      continue;
    if (Config.Opts.PrintFrames)
      Layout.print(errs(), C);
    settle(*F, Layout, Config);
    FramePlacer(C, Layout, Config.Opts).run();
  }
  for (Function &F : M)
    if (!isCoroutine(F) && !F.isDeclaration())
      sizeChildFrames(F);
  return Changed ? PreservedAnalyses::none() : PreservedAnalyses::all();
}

} // namespace coro
