//===-- CheckRecursion.cpp - Cycles and unknown frames, at the end --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A frame contains the frames of the functions called, so a cycle of calls has
// no finite frame. Walks the calls depth first from each function in the order
// of the file; a call back into the path closes a cycle, which is reported
// once, at the function of it that was reached first, with one note a call.
//
// A coro_try_box of a function that says coro_boxed is no step of a cycle, nor
// is a plain call that is compiled to the same (see PlainBoxes): that frame
// comes from an allocator.
//
// Recursion without waiting, among ordinary functions, is none of this.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Checks.h"
#include "Frontend/Effects/Effects.h"
#include "Frontend/Effects/PlainBoxes.h"
#include "Frontend/Report.h"
#include "clang/AST/ASTContext.h"
#include <set>

using namespace clang;

namespace coro {

namespace {
enum class Mark { Unseen, OnPath, Done };

class CycleFinder {
  Unit &U;
  const YieldingCalls &Calls;
  /// A function, and for one that yields as its argument does, what that is:
  /// map(f) and map(g) have a frame each.
  using Node = std::pair<const FunctionDecl *, const FunctionDecl *>;
  llvm::DenseMap<Node, Mark> Marks;
  struct Step {
    Node F;
    size_t Next;
  };
  std::vector<Step> Path;
  /// Cycles that were reported, by the places of their calls: a generic that
  /// calls itself does so with each argument.
  std::set<std::set<SourceLocation>> Reported;

  llvm::ArrayRef<YieldingCall> callsOf(const FunctionDecl *F) const {
    auto It = Calls.find(F);
    return It == Calls.end() ? llvm::ArrayRef<YieldingCall>()
                             : llvm::ArrayRef<YieldingCall>(It->second);
  }
  /// Whom a call in Caller's body calls; null for an ordinary function.
  static Node calleeOf(const YieldingCall &Call, const Node &Caller) {
    if (!Call.Callee)
      return {Caller.second, nullptr};
    return {Call.Callee, Call.AsOwn ? Caller.second : Call.Given};
  }
  struct Call {
    const FunctionDecl *Caller, *Callee, *Given;
    SourceLocation Where;
    bool Boxed, ThroughArgument;
  };
  void reportCycle(const Node &Start);
  void sayHowToBox(llvm::ArrayRef<Call> Cycle);

public:
  CycleFinder(Unit &U, const YieldingCalls &Calls) : U(U), Calls(Calls) {}
  void walk(const FunctionDecl *F);
};
} // namespace

void CycleFinder::reportCycle(const Node &Start) {
  auto First =
      llvm::find_if(Path, [Start](const Step &S) { return S.F == Start; });
  llvm::SmallVector<Call, 4> Cycle;
  for (auto It = First; It != Path.end(); ++It) {
    const YieldingCall &Made = callsOf(It->F.first)[It->Next - 1];
    Cycle.push_back({It->F.first, calleeOf(Made, It->F).first, Made.Given,
                     Made.Where, Made.Boxed, !Made.Callee});
  }
  std::set<SourceLocation> Places;
  for (const Call &Each : Cycle)
    Places.insert(Each.Where);
  if (!Reported.insert(Places).second)
    return;
  const Call *Plain = nullptr, *WithoutWord = nullptr;
  for (const Call &Each : Cycle) {
    if (Each.Boxed && !WithoutWord)
      WithoutWord = &Each;
    if (!Each.Boxed && !Plain && effectsOf(*Each.Callee).Boxed)
      Plain = &Each;
  }
  DiagnosticsEngine &Diags = U.CI.getDiagnostics();
  auto say = [&Diags](SourceLocation Where, DiagID ID, const FunctionDecl &F,
                      llvm::ArrayRef<FixItHint> Edits = {}) {
    report(Diags, Where, ID, {F.getNameAsString()}, Edits);
  };
  if (Plain) {
    report(Diags, Plain->Where, DiagID::BoxedCallRefused,
           {Plain->Callee->getNameAsString(), otherThanTryBox(*Plain->Caller)});
  } else if (WithoutWord) {
    const FunctionDecl &F = *WithoutWord->Callee;
    say(F.getLocation(), DiagID::BoxNeedsWord, F,
        declareWith(F, "coro_boxed "));
  } else {
    say(Start.first->getLocation(), DiagID::Recursion, *Start.first);
  }
  for (const Call &Each : Cycle)
    report(Diags, Each.Where, DiagID::CycleCall,
           {Each.Caller->getNameAsString(), Each.Callee->getNameAsString()});
  if (!Plain && !WithoutWord)
    sayHowToBox(Cycle);
}

/// The note that says how a cycle can be ended: at the call that closes it, if
/// that names a function with a frame of its own, or else at another such call.
/// What a generic calls when it calls its argument, it cannot box.
void CycleFinder::sayHowToBox(llvm::ArrayRef<Call> Cycle) {
  DiagnosticsEngine &Diags = U.CI.getDiagnostics();
  for (const Call &Each : llvm::reverse(Cycle))
    if (!Each.ThroughArgument && !declaredGeneric(*Each.Callee))
      return report(Diags, Each.Where, DiagID::BoxIt,
                    {Each.Callee->getNameAsString()});
  for (const Call &Each : Cycle)
    if (Each.Given)
      return report(
          Diags, Each.Where, DiagID::BoxGiven,
          {Each.Given->getNameAsString(), Each.Callee->getNameAsString()});
  report(Diags, Cycle.back().Callee->getLocation(), DiagID::BoxGeneric,
         {Cycle.back().Callee->getNameAsString()});
}

void CycleFinder::walk(const FunctionDecl *F) {
  Node Root = {F, nullptr};
  if (Marks[Root] != Mark::Unseen)
    return;
  Marks[Root] = Mark::OnPath;
  Path.push_back({Root, 0});
  while (!Path.empty()) {
    Step &Top = Path.back();
    llvm::ArrayRef<YieldingCall> Own = callsOf(Top.F.first);
    if (Top.Next == Own.size()) {
      Marks[Top.F] = Mark::Done;
      Path.pop_back();
      continue;
    }
    const YieldingCall &Call = Own[Top.Next++];
    Node Callee = calleeOf(Call, Top.F);
    if (!Callee.first || (Call.Boxed && effectsOf(*Callee.first).Boxed))
      continue;
    Mark &Seen = Marks[Callee];
    if (Seen == Mark::OnPath)
      reportCycle(Callee);
    if (Seen != Mark::Unseen)
      continue;
    Seen = Mark::OnPath;
    Path.push_back({Callee, 0});
  }
}

void checkRecursion(Unit &U, const YieldingCalls &Calls) {
  CycleFinder Finder(U, Calls);
  for (const auto &[F, Own] : Calls) {
    (void)Own;
    Finder.walk(F);
  }
}

/// A body is needed to compile it for an argument.
static void checkBodySeen(DiagnosticsEngine &Diags, const YieldingCall &Use) {
  if (Use.Callee->isDefined())
    return;
  std::string Name = Use.Callee->getNameAsString();
  report(Diags, Use.Where, DiagID::GenericUnseen,
         {Name, Use.Given ? "'" + Use.Given->getNameAsString() + "'"
                          : "its argument"});
  report(Diags, Use.Callee->getLocation(), DiagID::DeclaredHere, {Name});
}

void checkFramesKnown(Unit &U, llvm::ArrayRef<YieldingCall> FrameUses) {
  DiagnosticsEngine &Diags = U.CI.getDiagnostics();
  for (const YieldingCall &Use : FrameUses) {
    if (declaredGeneric(*Use.Callee)) {
      checkBodySeen(Diags, Use);
      continue;
    }
    if (Use.Callee->isDefined() || declaredFrameLimit(*Use.Callee))
      continue;
    std::string Name = Use.Callee->getNameAsString();
    report(Diags, Use.Where, DiagID::UnknownFrame, {Name});
    report(Diags, Use.Callee->getLocation(), DiagID::DeclaredHere, {Name});
  }
}

} // namespace coro
