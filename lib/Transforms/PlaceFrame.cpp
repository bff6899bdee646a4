//===-- PlaceFrame.cpp - frame-place: lay out, check, place ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Lays out each coroutine, callees first, since a frame contains the callees';
// checks the result against what was promised; records it; and has FramePlacer
// apply it.
//
//===----------------------------------------------------------------------===//

#include "Analysis/CallGraph.h"
#include "Analysis/FrameLayout.h"
#include "Analysis/FusePolicy.h"
#include "Analysis/PrintFrames.h"
#include "Analysis/VerifyLayout.h"
#include "Support/OutputFile.h"
#include "Transforms/FramePlacer.h"
#include "Transforms/FrameRemarks.h"
#include "Transforms/FrameSection.h"
#include "Transforms/LargeFrames.h"
#include "Transforms/Passes.h"
#include "coro/abi.h"
#include "llvm/ADT/Statistic.h"
#include "llvm/IR/InstIterator.h"

#define DEBUG_TYPE "frame-place"

using namespace llvm;

STATISTIC(NumFrameBytes, "Number of bytes in frames");

namespace coro {

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
  uint64_t Promised =
      Config.PromisedSize ? Config.PromisedSize(F.getName()) : 0;
  std::string Size = std::to_string(Facts.Size);
  if (Facts.Size > INT32_MAX)
    fail(DiagID::FrameHuge, {Size});
  if (std::optional<uint64_t> Limit = frameLimit(F)) {
    if (Facts.Size > *Limit)
      fail(DiagID::FrameTooLarge,
           {Size, std::to_string(Facts.Size - *Limit), std::to_string(*Limit)});
    else if (Facts.Align > CORO_CONTRACT_ALIGN)
      fail(DiagID::FrameAlignment, {std::to_string(Facts.Align)});
    else if (Promised && Promised != frameFacts(F)->Size)
      fail(DiagID::FrameChanged,
           {std::to_string(frameFacts(F)->Size), std::to_string(Promised)});
    return;
  }
  if (Promised && Facts.Size > Promised)
    fail(DiagID::FrameChanged, {Size, std::to_string(Promised)});
  Facts.Size = std::max(Facts.Size, Promised);
  setFrameFacts(F, Facts);
  setCalledFrame(F, Layout.Called);
  NumFrameBytes += Facts.Size;
}

/// Callees' frames get their size, wherever they are.
static void sizeChildFrames(Function &F) {
  for (Instruction &I : instructions(F)) {
    auto *A = dyn_cast<AllocaInst>(&I);
    Function *Callee = A ? childOf(*A) : nullptr;
    std::optional<CalledFrame> Called =
        Callee ? calledFrame(*Callee) : std::nullopt;
    if (!Called)
      continue;
    A->setAllocatedType(
        ArrayType::get(Type::getInt8Ty(F.getContext()), Called->Size));
    A->setAlignment(Align(Called->Align));
  }
}

/// Tells whoever wants to know what is in the frame.
static void describeFrame(const Coroutine &C, const FrameLayout &Layout,
                          const PassConfig &Config,
                          std::vector<FrameRecord> &Records) {
  bool Remarks = wantsFrameRemarks(C.F, Config);
  bool InObject = wantsRecord(C.F, Config);
  bool ToFile = !Config.Opts.FramesFile.empty();
  if (!Remarks && !InObject && !ToFile && !Config.Opts.PrintFrames)
    return;
  FrameRecord Record = recordFrame(C, Layout);
  if (Config.Opts.PrintFrames)
    printFrame(Record, errs());
  if (Remarks)
    remarkFrame(C, Record);
  if (InObject)
    keepRecord(*C.F.getParent(), Record);
  if (ToFile)
    Records.push_back(std::move(Record));
}

PreservedAnalyses PlaceFrame::run(Module &M, ModuleAnalysisManager &) {
  bool Changed = false;
  std::vector<FrameRecord> Records;
  LargeFrames Large(Config);
  for (Function *F : calleesFirst(M)) {
    Changed = true;
    sizeChildFrames(*F);
    Coroutine C(*F);
    FrameLayout Layout(C, Config.Opts);
    for (const Problem &P : Layout.Problems)
      Config.report(P, *F);
    if (!Layout.Problems.empty())
      continue;
    if (Config.Opts.Verify && verifyLayout(C, Layout, errs()))
      M.getContext().emitError("coro: a frame's layout is wrong");
    describeFrame(C, Layout, Config, Records);
    settle(*F, Layout, Config);
    // One that hands out values returns to its caller for each of them.
    if (!Config.Opts.NoDirectResume && !isGenerator(*F) && !F->hasOptNone() &&
        isFinalDefinition(*F))
      setSuspendStates(*F, C.suspendStates());
    Large.add(C, Layout);
    FramePlacer(C, Layout, Config.Opts).run();
  }
  Large.report();
  for (Function &F : M)
    if (!isCoroutine(F) && !F.isDeclaration())
      sizeChildFrames(F);
  if (std::optional<std::string> Wrong =
          writeFile(Config.Opts.FramesFile, [&Records](raw_ostream &OS) {
            printFramesAsJson(Records, OS);
          }))
    M.getContext().emitError("coro: " + *Wrong);
  return Changed ? PreservedAnalyses::none() : PreservedAnalyses::all();
}

} // namespace coro
