//===-- LargeFrames.cpp - Frames above a limit, and why -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A task has all of its frame from its start to its end, so one buffer that is
// alive at one suspension counts for ever. The largest things in a frame are
// named, with the suspensions that keep them there.
//
// A frame is in its caller's, and a flattened callee's variables are among its
// caller's: they are said once, where they come from.
//
//===----------------------------------------------------------------------===//

#include "Transforms/LargeFrames.h"
#include "llvm/IR/DebugInfoMetadata.h"

using namespace llvm;

namespace coro {

/// How many things are named, and how many further lines.
static constexpr unsigned MaxNotes = 3, MaxLines = 3;

static std::string nameOf(const FrameObject &O) {
  if (auto *A = dyn_cast<AllocaInst>(O.What)) {
    if (Function *Callee = childOf(*A))
      return "the frame of '" + Callee->getName().str() + "'";
    // Inlining adds .i to the name.
    if (StringRef Origin = inlinedFrom(*A); !Origin.empty() && A->hasName())
      return ("'" + A->getName().split('.').first + "' of '" + Origin + "'")
          .str();
  }
  return O.What->hasName() ? "'" + O.What->getName().str() + "'"
                           : "a value without a name";
}

/// The lines of the suspensions after the first that keep something.
static std::string furtherLines(const Coroutine &C,
                                ArrayRef<unsigned> Suspensions) {
  std::string Text;
  unsigned Lines = 0, Last = 0;
  for (unsigned Point : Suspensions) {
    const DILocation *Where = C.Points[Point].Call->getDebugLoc();
    while (Where && Where->getInlinedAt())
      Where = Where->getInlinedAt();
    if (!Where || Where->getLine() == Last)
      continue;
    Last = Where->getLine();
    // The first one is where the note stands.
    if (Lines++ == 0)
      continue;
    if (Lines > MaxLines + 1)
      return Text + " ...";
    Text += (Lines == 2 ? " and in line " : ", ") + std::to_string(Last);
  }
  return Text;
}

static Problem explain(const Coroutine &C, const FrameLayout &Layout,
                       unsigned Index) {
  const FrameObject &O = Layout.Objects[Index];
  SmallVector<unsigned, 8> Keeping;
  for (unsigned Point = 0; Point < C.Points.size(); ++Point)
    if (Layout.AtPoint[Point][Index])
      Keeping.push_back(Point);
  std::string Bytes = std::to_string(O.Size);
  if (Keeping.empty())
    return makeProblem(DiagID::LargestMember, C.F, nullptr, {Bytes, nameOf(O)});
  return makeProblem(DiagID::KeptHere, C.F, C.Points[Keeping[0]].Call,
                     {Bytes, nameOf(O), furtherLines(C, Keeping)});
}

static StringRef originOf(const FrameObject &O) {
  auto *A = dyn_cast<AllocaInst>(O.What);
  if (!A)
    return "";
  if (Function *Callee = childOf(*A))
    return Callee->getName();
  return inlinedFrom(*A);
}

void LargeFrames::add(const Coroutine &C, const FrameLayout &Layout) {
  uint64_t Size = Layout.Facts.Size;
  Sizes[C.F.getName()] = Size;
  // A size that the program promises is one that it knows; what is beyond all
  // bounds is an error anyhow.
  if (Size <= Config.Opts.LargeFrame || Size > INT32_MAX ||
      Config.Opts.Stress || frameLimit(C.F))
    return;
  Candidate Large{&C.F,
                  Size,
                  makeProblem(DiagID::FrameLarge, C.F, nullptr,
                              {C.F.getName().str(), std::to_string(Size),
                               std::to_string(Config.Opts.LargeFrame)}),
                  {}};
  std::vector<unsigned> Order(Layout.Objects.size());
  for (unsigned I = 0; I < Order.size(); ++I) {
    Order[I] = I;
    StringRef Origin = originOf(Layout.Objects[I]);
    if (!Origin.empty())
      Large.FromOthers.push_back({Origin.str(), Layout.Objects[I].Size});
  }
  llvm::stable_sort(Order, [&](unsigned A, unsigned B) {
    return Layout.Objects[A].Size > Layout.Objects[B].Size;
  });
  for (unsigned I : ArrayRef(Order).take_front(MaxNotes))
    if (Layout.Objects[I].Size * 8 >= Size)
      Large.Found.Notes.push_back(explain(C, Layout, I));
  Candidates.push_back(std::move(Large));
}

void LargeFrames::report() const {
  for (const Candidate &Each : Candidates) {
    uint64_t Others = 0;
    for (const auto &[Name, Size] : Each.FromOthers)
      if (Sizes.lookup(Name) > Config.Opts.LargeFrame)
        Others += Size;
    if (Each.Size - std::min(Each.Size, Others) > Config.Opts.LargeFrame)
      Config.report(Each.Found, *Each.F);
  }
}

} // namespace coro
