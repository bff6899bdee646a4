//===-- DeferToLink.cpp - link-defer: what the link is to see -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// In a unit that is compiled for full link-time optimisation, a function may
// call one that another unit defines and of whose frame nothing is promised:
//
//   yields int g(int);                          calls g.body, a declaration
//   yields int f(void) { return g(1) + 1; }     becomes f.body
//
// f cannot be laid out here. It waits for the link as f.body, and so does each
// caller that embeds it. Its parts are there already, as stubs, since other
// objects name them and the linker goes by the names that are in this file;
// whoever links without the plugin misses the marker that they call.
//
// All other functions are laid out and split here, so that what sizeof has said
// of them holds. Of those that other files can call, a copy rides along as
// f.body for callers that wait: with its code where it is small enough to be
// flattened, else for its facts. Nobody else uses the copy, and without callers
// that wait it is dropped.
//
//===----------------------------------------------------------------------===//

#include "Analysis/CallGraph.h"
#include "Analysis/FusePolicy.h"
#include "IR/Facts.h"
#include "IR/LinkBodies.h"
#include "IR/Markers.h"
#include "IR/Parts.h"
#include "Transforms/LinkStubs.h"
#include "Transforms/Passes.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/Statistic.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/Transforms/Utils/Cloning.h"

#define DEBUG_TYPE "link-defer"

using namespace llvm;

STATISTIC(NumWaiting, "Number of functions that wait for the link");
STATISTIC(NumCopies, "Number of functions of which a copy rides along");

namespace coro {

namespace {
class Deferral {
  Module &M;
  SmallSetVector<Function *, 8> Waiting, Copied;
  /// Which body a call in a body goes to.
  DenseMap<Function *, Function *> Bodies;

  bool isUnknown(const Function &Callee) const;
  void findWaiting(ArrayRef<Function *> Order);
  void findCopied(ArrayRef<Function *> Order);
  void addCopy(Function &F);
  void makeBody(Function &F);
  Function &standIn(Function &F);
  Function &bodyOf(Function &F);
  void redirectCalls(Function &Body);
  void noteParts(Function &F, Function &Body);

public:
  explicit Deferral(Module &M) : M(M) {}
  bool run();
};
} // namespace

static SmallVector<CallBase *, 8> yieldingCalls(Function &F) {
  SmallVector<CallBase *, 8> Calls;
  for (Instruction &I : instructions(F))
    if (auto *Call = dyn_cast<CallBase>(&I))
      if (Function *Callee = yieldingCallee(*Call);
          Callee && !isMarkerName(Callee->getName()))
        Calls.push_back(Call);
  return Calls;
}

/// Nobody here knows the size of its frame, and the link may.
bool Deferral::isUnknown(const Function &Callee) const {
  if (frameLimit(Callee))
    return false;
  if (Callee.isDeclaration())
    return !Callee.hasExternalWeakLinkage();
  return isFinalDefinition(Callee) &&
         Waiting.contains(const_cast<Function *>(&Callee));
}

void Deferral::findWaiting(ArrayRef<Function *> Order) {
  for (Function *F : Order)
    if (any_of(yieldingCalls(*F), [this](const CallBase *Call) {
          return isUnknown(*yieldingCallee(*Call));
        }))
      Waiting.insert(F);
}

void Deferral::addCopy(Function &F) {
  if (!Waiting.contains(&F) && isFinalDefinition(F))
    Copied.insert(&F);
}

void Deferral::findCopied(ArrayRef<Function *> Order) {
  for (Function *F : Order)
    if (!F->hasLocalLinkage())
      addCopy(*F);
  auto addCallees = [this](Function &F) {
    for (CallBase *Call : yieldingCalls(F))
      addCopy(*yieldingCallee(*Call));
  };
  for (Function *F : Waiting)
    addCallees(*F);
  for (unsigned I = 0; I < Copied.size(); ++I)
    if (mayBeFused(*Copied[I]))
      addCallees(*Copied[I]);
}

/// Says which parts belong to a body, whatever the linker calls them. With its
/// address and its arguments in the note, callers keep passing all of them.
void Deferral::noteParts(Function &F, Function &Body) {
  SmallVector<Value *, 8> Parts = {startOf(F), pollOf(F), cancelOf(F),
                                   descriptorOf(F)};
  if (!F.isVarArg())
    Parts.push_back(bindOf(F));
  Parts.insert(Parts.begin(),
               {&Body, ConstantInt::get(Type::getInt32Ty(F.getContext()),
                                        Parts.size())});
  for (Argument &A : Body.args())
    Parts.push_back(&A);
  createNote(*Body.getEntryBlock().getFirstNonPHIOrDbgOrAlloca(),
             LinkNote::Parts, Parts);
}

/// What others in this unit know of a function that waits.
Function &Deferral::standIn(Function &F) {
  std::string Name = F.getName().str();
  forgetCoroutine(*pollOf(F));
  F.setName(Name + BodySuffix);
  Function *Known =
      Function::Create(F.getFunctionType(), GlobalValue::ExternalLinkage,
                       F.getAddressSpace(), Name, &M);
  Known->copyAttributesFrom(&F);
  Known->setPersonalityFn(nullptr);
  Known->copyMetadata(&F, 0);
  Known->setSubprogram(nullptr);
  F.replaceUsesWithIf(Known, [&](Use &U) {
    auto *I = dyn_cast<Instruction>(U.getUser());
    return !I ||
           !(Waiting.contains(I->getFunction()) || bodyKind(*I->getFunction()));
  });
  return *Known;
}

/// A body has a symbol of its own, for a plain f may exist beside the parts.
static void hide(Function &Body) {
  if (Body.hasLocalLinkage())
    return;
  Body.setVisibility(GlobalValue::HiddenVisibility);
  Body.setDSOLocal(true);
}

/// Code that nobody runs and nobody sees through: all arguments count.
static void hideCode(Function &Body, Function &F) {
  auto Linkage = Body.getLinkage();
  dropCode(Body);
  Body.setLinkage(Linkage);
  IRBuilder<> B(BasicBlock::Create(F.getContext(), "", &Body));
  for (Argument &A : Body.args())
    B.CreateAlignedStore(&A, descriptorOf(F), Align(1), /*isVolatile=*/true);
  Type *T = Body.getReturnType();
  if (T->isVoidTy())
    B.CreateRetVoid();
  else
    B.CreateRet(B.CreateAlignedLoad(T, descriptorOf(F), Align(1),
                                    /*isVolatile=*/true));
}

void Deferral::makeBody(Function &F) {
  ValueToValueMapTy Map;
  Function *Body = CloneFunction(&F, Map);
  Body->setName(F.getName() + BodySuffix);
  hide(*Body);
  Bodies[&F] = Body;
  bool HasCode = mayBeFused(F);
  if (!HasCode)
    hideCode(*Body, F);
  // Without a note, names are the same after the link.
  if (HasCode || F.hasLocalLinkage())
    noteParts(F, *Body);
  setBody(*Body, HasCode ? BodyKind::Copy : BodyKind::Facts);
  ++NumCopies;
}

/// The body of a callee, which another unit may define.
Function &Deferral::bodyOf(Function &F) {
  Function *&Body = Bodies[&F];
  if (Body)
    return *Body;
  Body = Function::Create(F.getFunctionType(), GlobalValue::ExternalLinkage,
                          F.getAddressSpace(), F.getName() + BodySuffix, &M);
  Body->setAttributes(F.getAttributes());
  Body->copyMetadata(&F, 0);
  Body->setSubprogram(nullptr);
  hide(*Body);
  setBody(*Body, BodyKind::Facts);
  return *Body;
}

void Deferral::redirectCalls(Function &Body) {
  SmallSetVector<Function *, 8> Elsewhere;
  for (CallBase *Call : yieldingCalls(Body)) {
    Function *Callee = yieldingCallee(*Call);
    if (!Bodies.count(Callee) || Bodies.lookup(Callee)->isDeclaration())
      Elsewhere.insert(Callee);
    Call->setCalledOperand(&bodyOf(*Callee));
  }
  // An archive's member is linked for the names of its parts.
  for (Function *Callee : Elsewhere)
    createNote(*Body.getEntryBlock().getFirstNonPHIOrDbgOrAlloca(),
               LinkNote::Callee,
               {startOf(*Callee), pollOf(*Callee), cancelOf(*Callee)});
}

bool Deferral::run() {
  std::vector<Function *> Order = calleesFirst(M);
  findWaiting(Order);
  findCopied(Order);
  bool Changed =
      sizeFramesLater(M, [this](const Function &F) { return isUnknown(F); });
  if (Waiting.empty() && Copied.empty())
    return Changed;
  for (Function *F : Copied)
    makeBody(*F);
  for (Function *F : Waiting)
    Bodies[F] = F;
  for (Function *F : Copied)
    redirectCalls(*Bodies[F]);
  for (Function *F : Waiting)
    redirectCalls(*F);
  for (Function *F : Waiting) {
    Function &Known = standIn(*F);
    makeStubs(Known, *F);
    noteParts(Known, *F);
    hide(*F);
    setBody(*F, BodyKind::Waiting);
    ++NumWaiting;
  }
  return true;
}

PreservedAnalyses DeferToLink::run(Module &M, ModuleAnalysisManager &) {
  return Deferral(M).run() ? PreservedAnalyses::none()
                           : PreservedAnalyses::all();
}

PreservedAnalyses RecordForLink::run(Module &M, ModuleAnalysisManager &) {
  for (Function &F : M) {
    if (!isCoroutine(F) || F.isDeclaration())
      continue;
    Function *Body = M.getFunction((F.getName() + BodySuffix).str());
    std::optional<FrameFacts> Facts = frameFacts(F);
    if (!Body || !bodyKind(*Body) || !Facts)
      continue;
    setFrameFacts(*Body, *Facts);
    setEndsPlainly(*Body, endsPlainly(F));
    setCancelsAtOnce(*Body, cancelsAtOnce(F));
    setCancelsSilently(*Body, cancelsSilently(F));
  }
  return PreservedAnalyses::all();
}

} // namespace coro
