//===-- FramePlacer.cpp - Applies a layout to a function ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Variables of the frame get their address in it. A
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
//===----------------------------------------------------------------------===//

#include "Transforms/FramePlacer.h"
#include "IR/Markers.h"
#include "IR/StartOnly.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/Statistic.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/InlineAsm.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/PromoteMemToReg.h"

#define DEBUG_TYPE "frame-place"

using namespace llvm;

STATISTIC(NumSlots, "Number of values stored over a suspension");
STATISTIC(NumRecomputed, "Number of values recomputed after a suspension");
STATISTIC(NumVariables, "Number of variables in frames");
STATISTIC(NumBarriers, "Number of lifetimes kept apart in shared bytes");

namespace coro {

FramePlacer::FramePlacer(Coroutine &C, const FrameLayout &Layout,
                         const Options &Opts)
    : C(C), Layout(Layout), Opts(Opts) {
  IRBuilder<> B(&*C.F.getEntryBlock().begin());
  Frame = B.CreateCall(declareMarker(*C.F.getParent(), Marker::Frame,
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

/// Overwrites every byte that the layout believes to be dead at this point: of
/// those that are there however the function was called.
void FramePlacer::poison(IRBuilder<> &B, unsigned Point) {
  std::vector<std::pair<uint64_t, uint64_t>> Alive = {{0, C.stateBytes()}};
  for (unsigned Object : Layout.AtPoint[Point].set_bits()) {
    const FrameObject &O = Layout.Objects[Object];
    Alive.push_back({O.Offset, O.Offset + O.Size});
  }
  ExchangeArea Traded = exchangeArea(C.F);
  Alive.push_back({Traded.Begin, Traded.End});
  llvm::sort(Alive);
  uint64_t Dead = 0;
  Alive.push_back({Layout.Called.Size, Layout.Called.Size});
  for (auto [Begin, End] : Alive) {
    if (Begin > Dead)
      B.CreateMemSet(address(B, Dead), B.getInt8(0xD5), Begin - Dead,
                     MaybeAlign());
    Dead = std::max(Dead, End);
  }
}

/// What is stored of a value.
static Value *narrowed(IRBuilder<> &B, Value *V, const StoredType &Stored) {
  if (V->getType() == Stored.Type)
    return V;
  if (Stored.Base) {
    const DataLayout &DL = B.GetInsertBlock()->getModule()->getDataLayout();
    Type *Number = DL.getIntPtrType(V->getType());
    V = B.CreateSub(B.CreatePtrToInt(V, Number),
                    B.CreatePtrToInt(Stored.Base, Number));
  }
  return B.CreateTrunc(V, Stored.Type);
}

/// The value of type T again.
static Value *widened(IRBuilder<> &B, Value *Loaded, Type *T,
                      const StoredType &Stored) {
  if (Loaded->getType() == T)
    return Loaded;
  if (!Stored.Base)
    return B.CreateIntCast(Loaded, T, Stored.Signed);
  const DataLayout &DL = B.GetInsertBlock()->getModule()->getDataLayout();
  Value *Distance = B.CreateSExt(Loaded, DL.getIndexType(T));
  return B.CreateInBoundsGEP(B.getInt8Ty(), Stored.Base, Distance);
}

void FramePlacer::save(unsigned Point, const SlotStores &Stores) {
  IRBuilder<> B(C.Points[Point].Call);
  for (unsigned Object : Stores.Any[Point].set_bits()) {
    const FrameObject &O = Layout.Objects[Object];
    Value *Kept = narrowed(B, current(B, O.What), O.Stored);
    StoreInst *Store =
        B.CreateAlignedStore(Kept, address(B, O.Offset), Align(O.Align));
    setStartOnly(*Store, !Stores.Resumed[Point].test(Object));
    Placed.SlotAccesses[Store] = Object;
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
    if (!Needed[O.What].contains(Point))
      continue;
    LoadInst *Load = B.CreateAlignedLoad(O.Stored.Type, address(B, O.Offset),
                                         Align(O.Align));
    Placed.SlotAccesses[Load] = Object;
    B.CreateStore(widened(B, Load, O.What->getType(), O.Stored),
                  Registers.lookup(O.What));
  }
  for (Instruction *I : Layout.Recomputed) {
    if (!crosses(I, Point) || !Needed[I].contains(Point))
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
  return any_of(
      Variables.drop_front(Layout.NumValues), [&O](const FrameObject &Other) {
        return Other.What != O.What && Other.Offset < O.Offset + O.Size &&
               O.Offset < Other.Offset + Other.Size;
      });
}

/// To LLVM, an access through one type and one through another do not touch the
/// same bytes; here they may, one after the other. So where the life of a
/// variable with shared bytes begins, its bytes are said to be written, in a
/// way that has no type and costs no instruction: what came before stays
/// before.
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
    Barrier->addParamAttr(0,
                          Attribute::get(A.getContext(), Attribute::ElementType,
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
    Placed.Addresses.push_back({Address, I});
    A->replaceAllUsesWith(Address);
    A->eraseFromParent();
    ++NumVariables;
  }
  // Of those that stay on the poll's stack: a lifetime that began in an earlier
  // poll has not begun in this one.
  for (AllocaInst *A : OnStack)
    dropLifetimes(*A);
}

/// What I is recomputed from after this suspension must be at hand there too.
void FramePlacer::needOperands(const Instruction &I, unsigned Point) {
  for (const Value *Operand : I.operands()) {
    const auto *Inner = dyn_cast<Instruction>(Operand);
    if (crosses(Operand, Point))
      Needed[Operand].insert(Point);
    else if (Inner && !isa<AllocaInst>(Inner))
      needOperands(*Inner, Point);
  }
}

/// A value that only passes through a suspension stays where it is. Recomputed
/// values come in reverse: what one needs may be recomputed itself.
void FramePlacer::findNeeds(ArrayRef<BitVector> Stores) {
  for (Instruction *I : reverse(Layout.Recomputed.getArrayRef())) {
    for (unsigned Point : resumesThatNeed(C, *I, {}))
      Needed[I].insert(Point);
    if (isSavedStack(*I))
      continue;
    for (unsigned Point : Needed.lookup(I))
      needOperands(*I, Point);
  }
  std::vector<SmallVector<const BasicBlock *, 4>> StoredIn(Layout.NumValues);
  for (unsigned Point = 0; Point < C.Points.size(); ++Point)
    for (unsigned Object : Stores[Point].set_bits())
      StoredIn[Object].push_back(C.Points[Point].Suspend);
  for (unsigned Object = 0; Object < Layout.NumValues; ++Object) {
    const Value *V = Layout.Objects[Object].What;
    for (unsigned Point : resumesThatNeed(C, *V, StoredIn[Object]))
      Needed[V].insert(Point);
  }
}

void FramePlacer::run() {
  SlotStores Stores = slotsToStore(C, Layout, Opts);
  findNeeds(Stores.Any);
  for (Instruction *I : Layout.Recomputed)
    noteOperands(*I, MaxRematChain);
  for (const auto &[V, Points] : Layout.Crossing) {
    (void)Points;
    demote(*V);
  }
  for (unsigned Point = 0; Point < C.Points.size(); ++Point) {
    save(Point, Stores);
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
  if (Opts.Verify && verifyPlacement(C, Layout, Placed, errs()))
    C.F.getContext().emitError("coro: a frame is not used as it is laid out");
  NumSlots += Layout.NumValues;
  NumRecomputed += Layout.Recomputed.size();
}

} // namespace coro
