//===-- ThreadLocals.cpp - Addresses that belong to a thread --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// For
//     tls_struct = wait_for_it();
// clang takes the address of tls_struct before the call and stores through it
// afterwards, when the coroutine may be on another thread. So an access through
// such an address gets an address of its own, just before it:
//
//     %a = threadlocal.address @tls           %v = call @wait_for_it()
//     %v = call @wait_for_it()           =>   %a = threadlocal.address @tls
//     store %v, %a                            store %v, %a
//
// An address that the user took (p = &tls) is in a variable at this point: it
// is stored as a value, which is no access through it, and stays as taken. That
// is why this runs before variables become registers. Copies that turn out to
// be superfluous are merged after the split, when all of a function runs on one
// thread.
//
// It does not decide anything about pthread_self() and the like: their results
// are values, and a value stays as it was computed.
//
//===----------------------------------------------------------------------===//

#include "Transforms/ThreadLocals.h"
#include "IR/Facts.h"
#include "llvm/ADT/Statistic.h"
#include "llvm/IR/DataLayout.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"

#define DEBUG_TYPE "frame-prepare"

using namespace llvm;

STATISTIC(NumSunk, "Number of thread-local addresses taken again");

namespace coro {

/// True where the instruction goes to memory through the operand, now.
static bool isAccessThrough(const Use &U) {
  const User *I = U.getUser();
  if (isa<LoadInst>(I))
    return true;
  if (isa<StoreInst>(I))
    return U.getOperandNo() == StoreInst::getPointerOperandIndex();
  if (isa<AtomicRMWInst>(I))
    return U.getOperandNo() == AtomicRMWInst::getPointerOperandIndex();
  if (isa<AtomicCmpXchgInst>(I))
    return U.getOperandNo() == AtomicCmpXchgInst::getPointerOperandIndex();
  if (isa<MemIntrinsic>(I))
    return U.getOperandNo() < 2;
  return false;
}

namespace {
/// An access and the instructions that lead to its address: the thread-local's
/// own, then members of it.
struct Access {
  Use *Operand;
  SmallVector<Instruction *, 4> Chain;
};
} // namespace

static void collect(SmallVector<Instruction *, 4> Chain,
                    SmallVectorImpl<Access> &Accesses) {
  for (Use &U : Chain.back()->uses()) {
    auto *I = cast<Instruction>(U.getUser());
    if ((isa<GetElementPtrInst>(I) && U.getOperandNo() == 0) ||
        isa<AddrSpaceCastInst>(I)) {
      SmallVector<Instruction *, 4> Longer = Chain;
      Longer.push_back(I);
      collect(Longer, Accesses);
    } else if (isAccessThrough(U)) {
      Accesses.push_back({&U, Chain});
    }
  }
}

/// A copy of the whole chain in front of the access.
static void sink(const Access &A) {
  auto *I = cast<Instruction>(A.Operand->getUser());
  Instruction *Previous = nullptr;
  for (Instruction *Link : A.Chain) {
    Instruction *Copy = Link->clone();
    Copy->insertBefore(I->getIterator());
    if (Previous)
      Copy->setOperand(0, Previous);
    Previous = Copy;
  }
  A.Operand->set(Previous);
  ++NumSunk;
}

static void eraseUnused(Instruction &Address) {
  SmallVector<User *, 8> Users(Address.users());
  for (User *U : Users)
    if (isa<GetElementPtrInst, AddrSpaceCastInst>(U))
      eraseUnused(*cast<Instruction>(U));
  if (Address.use_empty())
    Address.eraseFromParent();
}

/// A struct result that clang would have the callee write into a thread-local
/// goes into a variable first: the copy out of it is then an access like
/// others.
static void separateStructResult(CallBase &Call, Use &Place) {
  Type *T = structResultType(Call.getContext(), Call.getAttributes(),
                             Place.getOperandNo());
  Function &F = *Call.getFunction();
  auto *Variable =
      new AllocaInst(T, F.getDataLayout().getAllocaAddrSpace(), nullptr,
                     Call.getParamAlign(Place.getOperandNo()).valueOrOne(),
                     "tls.result", F.getEntryBlock().begin());
  IRBuilder<> B(&Call);
  if (auto *Invoke = dyn_cast<InvokeInst>(&Call))
    B.SetInsertPoint(SplitEdge(Invoke->getParent(), Invoke->getNormalDest())
                         ->getTerminator());
  else
    B.SetInsertPoint(Call.getNextNode());
  uint64_t Size = F.getDataLayout().getTypeAllocSize(T).getFixedValue();
  B.CreateMemCpy(Place.get(), Variable->getAlign(), Variable,
                 Variable->getAlign(), Size);
  Place.set(Variable);
}

static void separateStructResults(SmallVector<Instruction *, 4> Chain) {
  SmallVector<Use *, 8> Uses;
  for (Use &U : Chain.back()->uses())
    Uses.push_back(&U);
  for (Use *U : Uses) {
    auto *I = cast<Instruction>(U->getUser());
    auto *Call = dyn_cast<CallBase>(I);
    if (Call && Call->isArgOperand(U) &&
        isStructResult(Call->getAttributes(), Call->getArgOperandNo(U))) {
      separateStructResult(*Call, *U);
    } else if (isa<GetElementPtrInst, AddrSpaceCastInst>(I)) {
      Chain.push_back(I);
      separateStructResults(Chain);
      Chain.pop_back();
    }
  }
}

void sinkThreadLocals(Function &F) {
  SmallVector<Instruction *, 8> Addresses;
  for (Instruction &I : instructions(F))
    if (auto *Call = dyn_cast<IntrinsicInst>(&I))
      if (Call->getIntrinsicID() == Intrinsic::threadlocal_address)
        Addresses.push_back(Call);
  for (Instruction *Address : Addresses) {
    separateStructResults({Address});
    SmallVector<Access, 8> Accesses;
    collect({Address}, Accesses);
    for (const Access &A : Accesses)
      sink(A);
    eraseUnused(*Address);
  }
}

} // namespace coro
