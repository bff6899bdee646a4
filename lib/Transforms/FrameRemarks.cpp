//===-- FrameRemarks.cpp - What a frame holds, as remarks -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// -Rpass=coro-frame says how large a frame is; -Rpass-analysis=coro-frame says
// of each part, at the first suspension that keeps it, where it is, which
// others keep it, why it is stored at all, and with what it shares its bytes or
// is alive and so cannot.
//
//===----------------------------------------------------------------------===//

#include "Transforms/FrameRemarks.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Analysis/OptimizationRemarkEmitter.h"

using namespace llvm;

namespace coro {

static constexpr const char *PassName = "coro-frame";
/// How many lines or neighbours are named.
static constexpr unsigned MaxNamed = 4;

bool wantsFrameRemarks(const Function &F, const PassConfig &Config) {
  return !Config.IsScratch &&
         OptimizationRemarkEmitter::allowExtraAnalysis(F, PassName);
}

namespace {
/// The first few of many names, and how many there are besides.
class Names {
  std::vector<std::string> First;
  unsigned Count = 0;

public:
  bool empty() const { return Count == 0; }
  bool isOne() const { return Count == 1; }
  template <typename Name> void add(Name Make) {
    if (Count++ < MaxNamed)
      First.push_back(Make());
  }
  std::string text() const {
    std::string Text = join(First, ", ");
    return Count > MaxNamed
               ? Text + " and " + std::to_string(Count - MaxNamed) + " more"
               : Text;
  }
};
} // namespace

/// The line of the frame's own function that suspends.
static unsigned lineOf(const FrameSuspension &Suspension) {
  return Suspension.Where.empty() ? 0 : Suspension.Where.back().Line;
}

namespace {
class FrameExplainer {
  const Coroutine &C;
  const FrameRecord &Record;
  OptimizationRemarkEmitter Emitter;
  /// For each member: the suspensions that keep it, and the members that one of
  /// them keeps too.
  std::vector<SmallVector<unsigned, 4>> Keeping;
  std::vector<BitVector> Together;

  std::string suspensionsOf(unsigned Member) const;
  std::string neighboursOf(unsigned Member) const;

public:
  FrameExplainer(const Coroutine &C, const FrameRecord &Record);
  void size();
  void member(unsigned Index);
};
} // namespace

FrameExplainer::FrameExplainer(const Coroutine &C, const FrameRecord &Record)
    : C(C), Record(Record), Emitter(&C.F), Keeping(Record.Members.size()),
      Together(Record.Members.size(), BitVector(Record.Members.size())) {
  for (unsigned Point = 0; Point < Record.Suspensions.size(); ++Point) {
    BitVector Live(Record.Members.size());
    for (unsigned Member : Record.Suspensions[Point].Live) {
      Keeping[Member].push_back(Point);
      Live.set(Member);
    }
    for (unsigned Member : Record.Suspensions[Point].Live)
      Together[Member] |= Live;
  }
}

void FrameExplainer::size() {
  OptimizationRemark Remark(PassName, "Frame",
                            DiagnosticLocation(C.F.getSubprogram()),
                            &C.F.getEntryBlock());
  Remark << "frame of '" << ore::NV("Function", C.F.getName())
         << "': " << ore::NV("Size", Record.Size) << " bytes, alignment "
         << ore::NV("Align", Record.Align) << ", "
         << ore::NV("Suspensions", unsigned(Record.Suspensions.size()))
         << (Record.Suspensions.size() == 1 ? " suspension" : " suspensions");
  const FrameSuspension *Fullest = nullptr;
  for (const FrameSuspension &S : Record.Suspensions)
    if (!Fullest || S.Bytes > Fullest->Bytes)
      Fullest = &S;
  if (Fullest && Fullest->Bytes) {
    Remark << "; the most that one keeps is "
           << ore::NV("Kept", Fullest->Bytes);
    if (unsigned Line = lineOf(*Fullest))
      Remark << ", in line " << ore::NV("Line", Line);
  }
  Emitter.emit(Remark);
}

std::string FrameExplainer::suspensionsOf(unsigned Member) const {
  ArrayRef<unsigned> Points = Keeping[Member];
  if (Points.empty())
    return "alive across no suspension";
  if (Points.size() == Record.Suspensions.size() && Points.size() > 1)
    return "alive across all suspensions";
  Names Lines, Numbers;
  unsigned Last = 0;
  for (unsigned Point : Points) {
    unsigned Line = lineOf(Record.Suspensions[Point]);
    Numbers.add([&] { return std::to_string(Point); });
    if (Line && Line != Last)
      Lines.add([&] { return std::to_string(Line); });
    Last = Line;
  }
  if (Lines.empty())
    return "alive across suspension " + Numbers.text();
  return (Lines.isOne() ? "alive across the suspension in line "
                        : "alive across the suspensions in lines ") +
         Lines.text();
}

std::string FrameExplainer::neighboursOf(unsigned Member) const {
  const FrameMember &Own = Record.Members[Member];
  Names Sharing, Alive;
  for (unsigned I = 0; I < Record.Members.size(); ++I) {
    const FrameMember &Other = Record.Members[I];
    if (I == Member)
      continue;
    bool Shares = Other.Offset < Own.Offset + Own.Size &&
                  Own.Offset < Other.Offset + Other.Size;
    if (Shares)
      Sharing.add([&] { return describeMember(Record, Other); });
    else if (Together[Member][I])
      Alive.add([&] { return describeMember(Record, Other); });
  }
  if (!Sharing.empty())
    return "shares bytes with " + Sharing.text();
  if (!Alive.empty())
    return "shares no bytes with what is alive with it: " + Alive.text();
  return "nothing else is alive with it";
}

void FrameExplainer::member(unsigned Index) {
  const FrameMember &Member = Record.Members[Index];
  DiagnosticLocation Where(C.F.getSubprogram());
  const BasicBlock *Block = &C.F.getEntryBlock();
  if (!Keeping[Index].empty()) {
    const SuspendPoint &First = C.Points[Keeping[Index].front()];
    if (First.Call->getDebugLoc())
      Where = DiagnosticLocation(First.Call->getDebugLoc());
    Block = First.Suspend;
  }
  Emitter.emit(OptimizationRemarkAnalysis(PassName, "Member", Where, Block)
               << "frame of '" << ore::NV("Function", C.F.getName())
               << "', offset " << ore::NV("Offset", Member.Offset) << ", "
               << ore::NV("Size", Member.Size)
               << (Member.Size == 1 ? " byte: " : " bytes: ")
               << ore::NV("Member", describeMember(Record, Member)) << ", "
               << ore::NV("Alive", suspensionsOf(Index)) << "; stored because "
               << ore::NV("Why", Member.Why) << "; "
               << ore::NV("Neighbours", neighboursOf(Index)));
}

void remarkFrame(const Coroutine &C, const FrameRecord &Record) {
  FrameExplainer Explainer(C, Record);
  Explainer.size();
  for (unsigned I = 0; I < Record.Members.size(); ++I)
    Explainer.member(I);
}

} // namespace coro
