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
// %x is then replaced by whichever of %x and its reloads is current, see
// CurrentValues.
//
//===----------------------------------------------------------------------===//

#include "Transforms/FramePlacer.h"
#include "IR/Markers.h"
#include "IR/StartOnly.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/Statistic.h"
#include "llvm/IR/InlineAsm.h"
#include "llvm/IR/IntrinsicInst.h"

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

/// Overwrites every byte that the layout believes to be dead at this point: of
/// those that are there however the function was called.
void FramePlacer::poison(unsigned Point) {
  IRBuilder<> B(C.Points[Point].Call);
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

/// Stores O where its slot does not hold it yet.
void FramePlacer::save(unsigned Object, CurrentValues::CurrentAt Current) {
  const FrameObject &O = Layout.Objects[Object];
  for (unsigned Point : StoredAt[Object]) {
    IRBuilder<> B(C.Points[Point].Call);
    Value *Kept = narrowed(B, Current(*C.Points[Point].Suspend), O.Stored);
    StoreInst *Store =
        B.CreateAlignedStore(Kept, address(B, O.Offset), Align(O.Align));
    setStartOnly(*Store, !Stores.Resumed[Point].test(Object));
    Placed.SlotAccesses[Store] = Object;
  }
}

/// Notes what recomputed values are computed from, before reloads take the
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

/// A copy of I, computed from what its operands are after this suspension: what
/// is current where they cross it, or recomputed in their turn.
Value *FramePlacer::recompute(IRBuilder<> &B, Instruction &I, unsigned Point) {
  Instruction *Copy = I.clone();
  Copy->setDebugLoc(DebugLoc());
  for (auto [Index, Operand] : enumerate(Operands.find(&I)->second)) {
    auto *Inner = dyn_cast<Instruction>(Operand);
    if (Inner && !crosses(Inner, Point) && !isa<AllocaInst>(Inner)) {
      Copy->setOperand(Index, recompute(B, *Inner, Point));
      continue;
    }
    Copy->setOperand(Index, Operand);
    if (Current.isFollowed(Operand))
      Current.use(*Operand, Copy->getOperandUse(Index));
  }
  return B.Insert(Copy);
}

void FramePlacer::restore(unsigned Point) {
  BasicBlock *Resume = C.Points[Point].Resume;
  IRBuilder<> B(Resume, Resume->getFirstInsertionPt());
  B.SetCurrentDebugLocation(DebugLoc());
  for (unsigned Object : LoadedAt[Point]) {
    const FrameObject &O = Layout.Objects[Object];
    LoadInst *Load = B.CreateAlignedLoad(O.Stored.Type, address(B, O.Offset),
                                         Align(O.Align));
    Placed.SlotAccesses[Load] = Object;
    Current.reload(*O.What, *Resume,
                   *widened(B, Load, O.What->getType(), O.Stored));
  }
  for (Instruction *I : RecomputedAt[Point])
    Current.reload(*I, *Resume,
                   isSavedStack(*I) ? *B.CreateStackSave()
                                    : *recompute(B, *I, Point));
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

/// Up to how many suspensions the address of a variable is taken once.
static constexpr unsigned MaxSharedAddresses = 256;

/// LLVM makes one address of all that are equal, and looks through its uses for
/// each of them when it moves it there. So where there are very many, each
/// block has its own from the start.
void FramePlacer::takeWhereUsed(Instruction &Address, unsigned Object) {
  if (C.F.hasOptNone() || C.Points.size() <= MaxSharedAddresses)
    return;
  DenseMap<BasicBlock *, Instruction *> Own = {{Address.getParent(), &Address}};
  for (Use &U : make_early_inc_range(Address.uses())) {
    auto *User = cast<Instruction>(U.getUser());
    // The parts poll a child from elsewhere.
    if (isMarker(User, Marker::Wait))
      continue;
    auto *Phi = dyn_cast<PHINode>(User);
    BasicBlock *Block = Phi ? Phi->getIncomingBlock(U) : User->getParent();
    Instruction *&Here = Own[Block];
    if (!Here) {
      Here = Address.clone();
      Here->insertBefore(*Block, Block->getFirstInsertionPt());
      Placed.Addresses.push_back({Here, Object});
    }
    U.set(Here);
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
    if (Address != Frame)
      takeWhereUsed(*cast<Instruction>(Address), I);
    A->eraseFromParent();
    ++NumVariables;
  }
  // Of those that stay on the poll's stack: a lifetime that began in an earlier
  // poll has not begun in this one.
  for (AllocaInst *A : OnStack)
    dropLifetimes(*A);
}

/// What I is recomputed from after this suspension must be at hand there too.
void FramePlacer::needOperands(const Instruction &I, unsigned Point,
                               NeedMap &Needed) const {
  for (const Value *Operand : I.operands()) {
    const auto *Inner = dyn_cast<Instruction>(Operand);
    if (crosses(Operand, Point))
      Needed[Operand].insert(Point);
    else if (Inner && !isa<AllocaInst>(Inner))
      needOperands(*Inner, Point, Needed);
  }
}

/// A value that only passes through a suspension stays where it is. Recomputed
/// values come in reverse: what one needs may be recomputed itself.
void FramePlacer::findNeeds() {
  NeedMap Needed;
  ResumeNeeds Needs(C);
  for (Instruction *I : reverse(Layout.Recomputed.getArrayRef())) {
    for (unsigned Point : Needs.of(*I, {}))
      Needed[I].insert(Point);
    if (isSavedStack(*I))
      continue;
    const DenseSet<unsigned> Points = Needed.lookup(I);
    for (unsigned Point : Points)
      needOperands(*I, Point, Needed);
  }
  StoredAt.resize(Layout.NumValues);
  for (unsigned Point = 0; Point < C.Points.size(); ++Point)
    for (unsigned Object : Stores.Any[Point].set_bits())
      StoredAt[Object].push_back(Point);
  LoadedAt.resize(C.Points.size());
  for (unsigned Object = 0; Object < Layout.NumValues; ++Object) {
    const Value *V = Layout.Objects[Object].What;
    SmallVector<const BasicBlock *, 4> StoredIn;
    for (unsigned Point : StoredAt[Object])
      StoredIn.push_back(C.Points[Point].Suspend);
    DenseSet<unsigned> Points = Needed.lookup(V);
    for (unsigned Point : Needs.of(*V, StoredIn))
      Points.insert(Point);
    for (unsigned Point : Points)
      LoadedAt[Point].push_back(Object);
  }
  RecomputedAt.resize(C.Points.size());
  for (Instruction *I : Layout.Recomputed)
    for (unsigned Point : Needed.lookup(I))
      if (crosses(I, Point))
        RecomputedAt[Point].push_back(I);
}

void FramePlacer::placeValues() {
  for (const auto &[V, Points] : Layout.Crossing) {
    (void)Points;
    Current.follow(*V);
  }
  for (unsigned Point = 0; Point < C.Points.size(); ++Point)
    restore(Point);
  unsigned Object = 0;
  for (const auto &[V, Points] : Layout.Crossing) {
    (void)Points;
    bool Stored = Object < Layout.NumValues && Layout.Objects[Object].What == V;
    Current.settle(*V, [&](CurrentValues::CurrentAt At) {
      if (Stored)
        save(Object++, At);
    });
  }
}

void FramePlacer::run() {
  Stores = slotsToStore(C, Layout, Opts);
  findNeeds();
  for (Instruction *I : Layout.Recomputed)
    noteOperands(*I, MaxRematChain);
  placeValues();
  if (Opts.PoisonDead)
    for (unsigned Point = 0; Point < C.Points.size(); ++Point)
      poison(Point);
  placeVariables();
  if (Opts.Verify && verifyPlacement(C, Layout, Placed, errs()))
    C.F.getContext().emitError("coro: a frame is not used as it is laid out");
  NumSlots += Layout.NumValues;
  NumRecomputed += Layout.Recomputed.size();
}

} // namespace coro
