//===-- CheckRecursion.cpp - Cycles and unknown frames, at the end --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A frame contains the frames of the functions called, so a cycle of calls has
// no finite frame. Walks the calls depth first from each function in the order
// of the file; a call back into the path closes a cycle, which is reported
// once, at the function of it that was reached first, with one note a call.
//
// A coro_try_box of a function that says coro_boxed is no step of a cycle: that
// frame comes from an allocator.
//
// Recursion without waiting, among ordinary functions, is none of this.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Checks.h"
#include "Frontend/Effects.h"
#include "Frontend/Report.h"
#include "clang/AST/ASTContext.h"

using namespace clang;

namespace coro {

namespace {
enum class Mark { Unseen, OnPath, Done };

class CycleFinder {
  Unit &U;
  const YieldingCalls &Calls;
  llvm::DenseMap<const FunctionDecl *, Mark> Marks;
  struct Step {
    const FunctionDecl *F;
    size_t Next;
  };
  std::vector<Step> Path;

  llvm::ArrayRef<YieldingCall> callsOf(const FunctionDecl *F) const {
    auto It = Calls.find(F);
    return It == Calls.end() ? llvm::ArrayRef<YieldingCall>()
                             : llvm::ArrayRef<YieldingCall>(It->second);
  }
  void reportCycle(const FunctionDecl *Start);

public:
  CycleFinder(Unit &U, const YieldingCalls &Calls) : U(U), Calls(Calls) {}
  void walk(const FunctionDecl *Root);
};
} // namespace

void CycleFinder::reportCycle(const FunctionDecl *Start) {
  auto First =
      llvm::find_if(Path, [Start](const Step &S) { return S.F == Start; });
  llvm::SmallVector<std::pair<const FunctionDecl *, const YieldingCall *>, 4>
      Cycle;
  for (auto It = First; It != Path.end(); ++It)
    Cycle.push_back({It->F, &callsOf(It->F)[It->Next - 1]});
  const YieldingCall *Plain = nullptr, *WithoutWord = nullptr;
  for (auto [Caller, Call] : Cycle) {
    if (Call->Boxed && !WithoutWord)
      WithoutWord = Call;
    if (!Call->Boxed && !Plain && effectsOf(*Call->Callee).Boxed)
      Plain = Call;
  }
  DiagnosticsEngine &Diags = U.CI.getDiagnostics();
  auto say = [&Diags](SourceLocation Where, DiagID ID, const FunctionDecl &F,
                      llvm::ArrayRef<FixItHint> Edits = {}) {
    report(Diags, Where, ID, {F.getNameAsString()}, Edits);
  };
  if (Plain) {
    say(Plain->Where, DiagID::BoxedCallRefused, *Plain->Callee);
  } else if (WithoutWord) {
    const FunctionDecl &F = *WithoutWord->Callee;
    say(F.getLocation(), DiagID::BoxNeedsWord, F,
        declareWith(F, "coro_boxed "));
  } else {
    say(Start->getLocation(), DiagID::Recursion, *Start);
  }
  for (auto [Caller, Call] : Cycle)
    report(Diags, Call->Where, DiagID::CycleCall,
           {Caller->getNameAsString(), Call->Callee->getNameAsString()});
  if (!Plain && !WithoutWord)
    say(Cycle.back().second->Where, DiagID::BoxIt, *Start);
}

void CycleFinder::walk(const FunctionDecl *Root) {
  if (Marks[Root] != Mark::Unseen)
    return;
  Marks[Root] = Mark::OnPath;
  Path.push_back({Root, 0});
  while (!Path.empty()) {
    Step &Top = Path.back();
    llvm::ArrayRef<YieldingCall> Own = callsOf(Top.F);
    if (Top.Next == Own.size()) {
      Marks[Top.F] = Mark::Done;
      Path.pop_back();
      continue;
    }
    const YieldingCall &Call = Own[Top.Next++];
    const FunctionDecl *Callee = Call.Callee;
    if (Call.Boxed && effectsOf(*Callee).Boxed)
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

void checkFramesKnown(Unit &U, llvm::ArrayRef<YieldingCall> FrameUses) {
  DiagnosticsEngine &Diags = U.CI.getDiagnostics();
  for (const YieldingCall &Use : FrameUses) {
    if (Use.Callee->isDefined() || declaredFrameLimit(*Use.Callee))
      continue;
    std::string Name = Use.Callee->getNameAsString();
    report(Diags, Use.Where, DiagID::UnknownFrame, {Name});
    report(Diags, Use.Callee->getLocation(), DiagID::DeclaredHere, {Name});
  }
}

} // namespace coro
