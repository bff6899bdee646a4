//===-- KnownPoll.cpp - Which poll function a future has ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Question: what does the first member of a future point to, when somebody
// begins to wait for it? Then the poll is a direct call, which can be inlined.
//
//   struct ticks t = {{poll_ticks}, 3};     a store, or a copy from a constant
//   coro_join(&task, &t);                   poll_ticks
//
// From the waiting call backwards, over MemorySSA, to what last wrote the
// pointer. That is a store of a function's address, or a copy out of a constant
// or out of another variable, where the search goes on. Where ways meet, all of
// them must lead to the same function. Waiting for the future itself does not
// change it: a poll function stays what it is, says coro/future.h.
//
// Only variables of the function itself are looked at. The answer is wrong if
// the memory is changed behind the compiler's back; any call that may know the
// variable ends the search.
//
//===----------------------------------------------------------------------===//

#include "Analysis/KnownPoll.h"
#include "IR/Facts.h"
#include "IR/Markers.h"
#include "Support/Compat.h"
#include "llvm/Analysis/ConstantFolding.h"
#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/MemorySSA.h"
#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/IntrinsicInst.h"

using namespace llvm;

namespace coro {

namespace {
/// Bytes of a variable of constant place.
struct Place {
  Value *Pointer;
  AllocaInst *Variable;
  int64_t Offset;
};

class Search {
  const DataLayout &DL;
  MemorySSA &MSSA;
  EscapeAnalysis Escapes;
  BatchAAResults AA;
  SmallPtrSet<const MemoryPhi *, 8> Seen;

public:
  /// Nothing: not known. A null pointer: this way leads in a circle and says
  /// nothing against what the others say.
  using Answer = std::optional<Function *>;

  Search(Function &F, FunctionAnalysisManager &FAM)
      : DL(F.getParent()->getDataLayout()),
        MSSA(FAM.getResult<MemorySSAAnalysis>(F).getMSSA()),
        Escapes(FAM.getResult<DominatorTreeAnalysis>(F),
                &FAM.getResult<LoopAnalysis>(F)),
        AA(FAM.getResult<AAManager>(F), &Escapes) {}

  std::optional<Place> placeOf(Value *Pointer) const;
  MemoryAccess *before(Instruction &I) const {
    MemoryUseOrDef *Access = MSSA.getMemoryAccess(&I);
    return Access ? Access->getDefiningAccess() : nullptr;
  }
  Answer find(MemoryAccess *From, const Place &P, unsigned Depth);

private:
  bool waitsFor(Instruction &I, const Place &P) const;
  Answer written(Instruction &I, const Place &P, unsigned Depth);
  Answer stored(const Value &V) const;
};
} // namespace

std::optional<Place> Search::placeOf(Value *Pointer) const {
  int64_t Offset = 0;
  Value *Base = GetPointerBaseWithConstantOffset(Pointer, Offset, DL);
  auto *Variable = dyn_cast<AllocaInst>(Base);
  if (!Variable || !Variable->isStaticAlloca())
    return std::nullopt;
  return Place{Pointer, Variable, Offset};
}

/// A function that can be called as a poll function is.
Search::Answer Search::stored(const Value &V) const {
  const auto *F = dyn_cast<Function>(V.stripPointerCasts());
  if (!F || isCoroutine(*F) || F->getCallingConv() != CallingConv::C)
    return std::nullopt;
  Type *Ptr = PointerType::getUnqual(F->getContext());
  if (F->getFunctionType() !=
      FunctionType::get(Type::getInt32Ty(F->getContext()), {Ptr, Ptr}, false))
    return std::nullopt;
  return const_cast<Function *>(F);
}

/// True where I waits for this very thing.
bool Search::waitsFor(Instruction &I, const Place &P) const {
  static constexpr Marker Waits[] = {Marker::WaitFor, Marker::Join, Marker::Any,
                                     Marker::Race, Marker::Timeout};
  if (none_of(Waits, [&I](Marker M) { return isMarker(&I, M); }))
    return false;
  return any_of(cast<CallBase>(I).args(), [&](Value *Argument) {
    std::optional<Place> Other =
        Argument->getType()->isPointerTy() ? placeOf(Argument) : std::nullopt;
    return Other && Other->Variable == P.Variable && Other->Offset == P.Offset;
  });
}

/// I is what last wrote some of the place.
Search::Answer Search::written(Instruction &I, const Place &P, unsigned Depth) {
  if (waitsFor(I, P))
    return find(before(I), P, Depth);
  Type *Ptr = PointerType::getUnqual(I.getContext());
  if (auto *Store = dyn_cast<StoreInst>(&I)) {
    std::optional<Place> To = placeOf(Store->getPointerOperand());
    if (!To || To->Variable != P.Variable || To->Offset != P.Offset ||
        Store->getValueOperand()->getType() != Ptr)
      return std::nullopt;
    return stored(*Store->getValueOperand());
  }
  auto *Copy = dyn_cast<MemCpyInst>(&I);
  std::optional<Place> To = Copy ? placeOf(Copy->getDest()) : std::nullopt;
  const auto *Length =
      Copy ? dyn_cast<ConstantInt>(Copy->getLength()) : nullptr;
  if (!To || !Length || To->Variable != P.Variable || To->Offset > P.Offset)
    return std::nullopt;
  uint64_t Skipped = P.Offset - To->Offset;
  if (Skipped + DL.getPointerSize() > Length->getZExtValue())
    return std::nullopt;
  int64_t Offset = 0;
  Value *From = GetPointerBaseWithConstantOffset(Copy->getSource(), Offset, DL);
  if (auto *G = dyn_cast<GlobalVariable>(From);
      G && G->isConstant() && G->hasDefinitiveInitializer()) {
    Constant *Held = ConstantFoldLoadFromConst(G->getInitializer(), Ptr,
                                               APInt(64, Offset + Skipped), DL);
    return Held ? stored(*Held) : std::nullopt;
  }
  std::optional<Place> Source = placeOf(Copy->getSource());
  return Source && !Skipped ? find(before(I), *Source, Depth) : std::nullopt;
}

Search::Answer Search::find(MemoryAccess *From, const Place &P,
                            unsigned Depth) {
  if (!From || Depth == 0)
    return std::nullopt;
  MemoryLocation Location(P.Pointer,
                          LocationSize::precise(DL.getPointerSize()));
  MemoryAccess *Last =
      MSSA.getWalker()->getClobberingMemoryAccess(From, Location, AA);
  if (MSSA.isLiveOnEntryDef(Last))
    return std::nullopt;
  if (auto *Def = dyn_cast<MemoryDef>(Last))
    return written(*Def->getMemoryInst(), P, Depth - 1);
  auto *Phi = cast<MemoryPhi>(Last);
  if (!Seen.insert(Phi).second)
    return nullptr;
  Function *Common = nullptr;
  for (const Use &Incoming : Phi->incoming_values()) {
    Answer One = find(cast<MemoryAccess>(Incoming.get()), P, Depth - 1);
    if (!One || (*One && Common && *One != Common))
      return std::nullopt;
    if (*One)
      Common = *One;
  }
  return Common;
}

Function *knownPoll(CallBase &At, Value &Future, FunctionAnalysisManager &FAM) {
  Search S(*At.getFunction(), FAM);
  std::optional<Place> P = S.placeOf(&Future);
  if (!P)
    return nullptr;
  return S.find(S.before(At), *P, /*Depth=*/32).value_or(nullptr);
}

} // namespace coro
