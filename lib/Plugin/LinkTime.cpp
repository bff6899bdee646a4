//===-- LinkTime.cpp - The transform of what waited for the link ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Transforms/DeferToLink.cpp says what units leave behind. The linker has put
// them together, has made internal what no other object names, and has renamed
// internal functions of the same name in two units. Here
//
//   1. f.body becomes f, and its parts are what their note says. An internal
//      f.body.3 gets a name that is free, with its parts. A plain function that
//      is called f as well goes out of the way for as long as that lasts.
//   2. stubs lose their code, so that the parts can be made in their place;
//   3. the passes run;
//   4. each part gets back what the linker decided of it: its linkage.
//
// It is wrong to conclude anything from a part's linkage before 4.
//
//===----------------------------------------------------------------------===//

#include "Plugin/LinkTime.h"
#include "IR/Facts.h"
#include "IR/LinkBodies.h"
#include "IR/Markers.h"
#include "IR/Parts.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/IR/Module.h"
#include "llvm/IR/ValueHandle.h"
#include "llvm/Transforms/Utils/ModuleUtils.h"

using namespace llvm;

namespace coro {

static constexpr const char *CopyKindName = "coro.split.already";

namespace {
/// What a part is for the linker.
struct Place {
  WeakVH Part;
  GlobalValue::LinkageTypes Linkage;
  GlobalValue::VisibilityTypes Visibility;
  bool IsLocalToObject;
  Comdat *Group;
};

class Adoption {
  Module &M;
  SmallVector<std::pair<Function *, BodyKind>, 16> Bodies;
  SmallVector<Place, 16> Places;
  SmallVector<std::pair<GlobalValue *, std::string>, 4> Aside;

  SmallVector<GlobalObject *, 5> takeNotes(Function &Body);
  void name(Function &Body, ArrayRef<GlobalObject *> Parts);
  void emptyStubs(Function &F, ArrayRef<GlobalObject *> Parts);

public:
  explicit Adoption(Module &M);
  bool isEmpty() const { return Bodies.empty(); }
  void adopt();
  void settle();
  /// Calls Do for each function that was made.
  void forEachPart(function_ref<void(Function &)> Do) const;
};
} // namespace

Adoption::Adoption(Module &M) : M(M) {
  // Names that may not change come first.
  for (bool Local : {false, true})
    for (Function &F : M)
      if (std::optional<BodyKind> Kind = bodyKind(F);
          Kind && F.getName().contains(BodySuffix) &&
          Local == F.getName().rsplit(BodySuffix).second.starts_with("."))
        Bodies.push_back({&F, *Kind});
}

/// The parts that a body's own note names, in the order of the suffixes.
SmallVector<GlobalObject *, 5> Adoption::takeNotes(Function &Body) {
  SmallVector<GlobalObject *, 5> Parts;
  for (CallBase *Note : callsOf(Body, Marker::Link)) {
    if (noteKind(*Note) == LinkNote::Parts) {
      uint64_t Count =
          cast<ConstantInt>(Note->getArgOperand(2))->getZExtValue();
      for (unsigned I = 0; I < Count; ++I)
        Parts.push_back(cast<GlobalObject>(Note->getArgOperand(3 + I)));
    }
    Note->eraseFromParent();
  }
  return Parts;
}

static constexpr StringRef Suffixes[] = {StartSuffix, PollSuffix, CancelSuffix,
                                         DescriptorSuffix, BindSuffix};

void Adoption::name(Function &Body, ArrayRef<GlobalObject *> Parts) {
  std::string Base = Body.getName().rsplit(BodySuffix).first.str();
  if (all_of(enumerate(Parts), [&](const auto &Part) {
        return Part.value()->getName() == (Base + Suffixes[Part.index()]).str();
      })) {
    if (GlobalValue *Taken = M.getNamedValue(Base)) {
      Aside.push_back({Taken, Base});
      Taken->setName(Base + ".plain");
    }
    Body.setName(Base);
    return;
  }
  auto isFree = [this](const std::string &Name) {
    return !M.getNamedValue(Name) && all_of(Suffixes, [&](StringRef Suffix) {
      return !M.getNamedValue((Name + Suffix).str());
    }) && !M.getNamedValue((Name + ResumeSuffix).str());
  };
  std::string Free = Base;
  for (unsigned I = 1; !isFree(Free); ++I)
    Free = Base + "." + utostr(I);
  Body.setName(Free);
  for (auto [Index, Part] : enumerate(Parts))
    Part->setName(Free + Suffixes[Index]);
}

void Adoption::emptyStubs(Function &F, ArrayRef<GlobalObject *> Parts) {
  bool IsLocal = all_of(
      Parts, [](const GlobalObject *Part) { return Part->hasLocalLinkage(); });
  for (GlobalObject *Part : Parts) {
    Places.push_back({Part, Part->getLinkage(), Part->getVisibility(),
                      Part->isDSOLocal(), Part->getComdat()});
    Part->setComdat(nullptr);
    if (auto *Stub = dyn_cast<Function>(Part)) {
      unseal(*Stub);
      Stub->deleteBody();
      continue;
    }
    auto *Descriptor = cast<GlobalVariable>(Part);
    Descriptor->setInitializer(nullptr);
    Descriptor->setLinkage(GlobalValue::ExternalLinkage);
    Descriptor->setConstant(true);
    Descriptor->setExternallyInitialized(false);
  }
  F.setVisibility(GlobalValue::DefaultVisibility);
  F.setLinkage(IsLocal ? GlobalValue::InternalLinkage
                       : GlobalValue::ExternalLinkage);
}

void Adoption::adopt() {
  SmallPtrSet<Constant *, 16> Stubs;
  for (auto [Body, Kind] : Bodies) {
    SmallVector<GlobalObject *, 5> Parts = takeNotes(*Body);
    name(*Body, Parts);
    clearBody(*Body);
    if (Body->isDeclaration())
      continue;
    // Another unit's definition was chosen, one that is no bitcode.
    bool Replaced = Kind == BodyKind::Waiting && Parts.front()->isDeclaration();
    if (Kind == BodyKind::Facts || Replaced) {
      dropCode(*Body);
    } else if (Kind == BodyKind::Copy) {
      Body->setMetadata(CopyKindName, MDNode::get(M.getContext(), {}));
    } else {
      Stubs.insert(Parts.begin(), Parts.end());
      emptyStubs(*Body, Parts);
    }
  }
  removeFromUsedLists(M, [&](Constant *C) {
    return Stubs.contains(cast<Constant>(C->stripPointerCasts()));
  });
}

void Adoption::forEachPart(function_ref<void(Function &)> Do) const {
  for (const Place &P : Places)
    if (Value *Part = P.Part)
      if (auto *F = dyn_cast<Function>(Part); F && !F->isDeclaration())
        Do(*F);
}

void Adoption::settle() {
  for (const Place &P : Places) {
    Value *Part = P.Part;
    auto *Object = cast_or_null<GlobalObject>(Part);
    if (!Object || Object->isDeclaration())
      continue;
    Object->setVisibility(GlobalValue::DefaultVisibility);
    Object->setLinkage(P.Linkage);
    Object->setVisibility(P.Visibility);
    Object->setDSOLocal(P.IsLocalToObject);
    Object->setComdat(P.Group);
  }
  for (auto &[Value, Name] : Aside)
    Value->setName(Name);
}

PreservedAnalyses DropCopies::run(Module &M, ModuleAnalysisManager &) {
  for (Function &F : M)
    if (F.hasMetadata(CopyKindName)) {
      F.setMetadata(CopyKindName, nullptr);
      dropCode(F);
    }
  return PreservedAnalyses::none();
}

PreservedAnalyses LinkTime::run(Module &M, ModuleAnalysisManager &AM) {
  Adoption Adopted(M);
  if (Adopted.isEmpty())
    return PreservedAnalyses::all();
  Adopted.adopt();
  AM.invalidate(M, PreservedAnalyses::none());
  Transform.run(M, AM);
  Adopted.settle();
  AM.invalidate(M, PreservedAnalyses::none());
  auto &FAM = AM.getResult<FunctionAnalysisManagerModuleProxy>(M).getManager();
  Adopted.forEachPart([&](Function &F) {
    PreservedAnalyses Kept = Simplify.run(F, FAM);
    FAM.invalidate(F, Kept);
  });
  return PreservedAnalyses::none();
}

} // namespace coro
