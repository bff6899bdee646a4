//===-- CheckOffered.cpp - Needs that an executor does not meet -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// coro_block_on(f) and the slots of a closed set offer none of the capabilities
// that CORO_NEEDS names. From each such f, direct calls are followed through
// functions defined in this unit, breadth first, to one that says a need:
//
//   coro_block_on(f): f -> g -> coro_perform, which needs a coro_completion
//
// A task that a function starts and then waits for, an arm of coro_join, the
// generator of a loop and what coro_try_box runs have the function's context,
// and are followed as calls are. What runs through pointers, or as a task that
// is polled elsewhere, may have another one and is not followed. A function
// that reads the capability's member of coro_context itself asks whether it is
// offered: it is taken to know what to do where it is not.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Checks.h"
#include "Frontend/Effects/Arms.h"
#include "Frontend/Effects/NeedFacts.h"
#include "Frontend/EvaluatedVisitor.h"
#include "Frontend/Report.h"
#include "Frontend/Tasks/TaskTypes.h"
#include "clang/AST/Attr.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"
#include <memory>

using namespace clang;

namespace coro {

namespace {
/// A direct call, or a poll of a task whose function is known.
struct Step {
  SourceLocation Where;
  const FunctionDecl *Callee;
  bool Polls;
};

/// What the walk wants of a body.
struct Body {
  std::vector<Step> Steps;
  /// Members of the context that it reads.
  llvm::SmallVector<llvm::StringRef, 2> Asks;
};

/// Markers that poll a task they are given with the context of their caller.
static bool pollsArguments(const FunctionDecl &Callee) {
  static constexpr llvm::StringLiteral Others[] = {
      "__coro_next", "__coro_begin", "__coro_try_box"};
  return !waitingWord(Callee).empty() ||
         (Callee.getIdentifier() &&
          llvm::is_contained(Others, Callee.getName()));
}

class Collector : public EvaluatedVisitor<Collector> {
  using Base = EvaluatedVisitor<Collector>;
  Body &To;

  void collectPolled(const CallExpr &Marker);

public:
  Collector(const ASTContext &Context, Body &To) : Base(Context), To(To) {}

  bool VisitVarDecl(VarDecl *D) {
    if (const auto *Cleanup = D->getAttr<CleanupAttr>())
      To.Steps.push_back({D->getLocation(), Cleanup->getFunctionDecl(), false});
    return true;
  }
  bool VisitCallExpr(CallExpr *Call) {
    if (const FunctionDecl *Callee = Call->getDirectCallee()) {
      To.Steps.push_back({Call->getBeginLoc(), Callee, false});
      if (pollsArguments(*Callee))
        collectPolled(*Call);
    }
    return true;
  }
  bool VisitMemberExpr(MemberExpr *E) {
    const auto *Field = dyn_cast<FieldDecl>(E->getMemberDecl());
    if (Field && Field->getIdentifier() &&
        Field->getParent()->getName() == "coro_context")
      To.Asks.push_back(Field->getName());
    return true;
  }
};

void Collector::collectPolled(const CallExpr &Marker) {
  for (const Expr *Argument : Marker.arguments()) {
    const FunctionDecl *F = functionOfTask(*Argument);
    const auto *Ref = dyn_cast<DeclRefExpr>(Argument->IgnoreParenImpCasts());
    if (!F && Ref)
      F = dyn_cast<FunctionDecl>(Ref->getDecl());
    if (F)
      To.Steps.push_back({Argument->getBeginLoc(), F, true});
  }
}

class OfferChecker {
  Unit &U;
  llvm::DenseMap<const FunctionDecl *, std::unique_ptr<Body>> Known;

  const Body &bodyOf(const FunctionDecl &F);
  void explain(const Unit::ExecutorUse &Use, llvm::ArrayRef<const Step *> Chain,
               const Need &Missing);

public:
  explicit OfferChecker(Unit &U) : U(U) {}
  void check(const Unit::ExecutorUse &Use);
};
} // namespace

/// Empty where F has no body here.
const Body &OfferChecker::bodyOf(const FunctionDecl &F) {
  std::unique_ptr<Body> &Found = Known[F.getCanonicalDecl()];
  if (Found)
    return *Found;
  Found = std::make_unique<Body>();
  const FunctionDecl *Definition = nullptr;
  if (F.hasBody(Definition) &&
      !U.CI.getSourceManager().isInSystemHeader(Definition->getLocation()))
    Collector(U.CI.getASTContext(), *Found).TraverseStmt(Definition->getBody());
  return *Found;
}

/// What the program wrote to call it: one of our macros, or its name.
static std::string wordFor(const Step &Each, const CompilerInstance &CI) {
  const SourceManager &SM = CI.getSourceManager();
  SourceLocation Where = Each.Where;
  for (bool Ours = false;; Ours = true) {
    while (SM.isMacroArgExpansion(Where))
      Where = SM.getImmediateSpellingLoc(Where);
    SourceLocation Outer = asWritten(SM, Where);
    if (Outer == Where && (Each.Polls || !Ours))
      return Each.Callee->getNameAsString();
    if (Outer == Where)
      break;
    Where = Outer;
  }
  llvm::SmallString<32> Buffer;
  return Lexer::getSpelling(SM.getSpellingLoc(Where), Buffer, SM,
                            CI.getLangOpts())
      .str();
}

void OfferChecker::explain(const Unit::ExecutorUse &Use,
                           llvm::ArrayRef<const Step *> Chain,
                           const Need &Missing) {
  DiagnosticsEngine &Diags = U.CI.getDiagnostics();
  std::string Caller = Use.F->getNameAsString();
  std::string Last = Chain.empty() ? Caller : wordFor(*Chain.back(), U.CI);
  report(Diags, Use.Where, DiagID::NotOffered,
         {Last, Missing.Capability.str(), Use.Executor, Caller});
  for (const Step *Each : Chain) {
    std::string Callee = wordFor(*Each, U.CI);
    report(Diags, Each->Where,
           Each->Polls ? DiagID::PollsHere : DiagID::CycleCall,
           {Caller, Callee});
    Caller = Callee;
  }
  const auto *Says = cast<FunctionDecl>(Missing.Said);
  report(Diags, Says->getLocation(), DiagID::NeedsHere,
         {Says->getNameAsString(), Missing.Capability.str()});
}

/// Says the first need that a shortest chain of calls leads to.
void OfferChecker::check(const Unit::ExecutorUse &Use) {
  struct Reached {
    const FunctionDecl *F;
    const Step *Via; // null for the first
    size_t Before;
  };
  std::vector<Reached> Queue = {{Use.F, nullptr, 0}};
  llvm::SmallPtrSet<const FunctionDecl *, 16> Seen;
  Seen.insert(Use.F->getCanonicalDecl());
  for (size_t I = 0; I < Queue.size(); ++I) {
    const FunctionDecl &F = *Queue[I].F;
    for (const Need &Each : needsOf(F)) {
      if (Each.AmongTasks && Use.OneTask)
        continue;
      std::vector<const Step *> Chain;
      bool Asked = false;
      for (size_t At = I; Queue[At].Via; At = Queue[At].Before) {
        Chain.insert(Chain.begin(), Queue[At].Via);
        const Body &Caller = bodyOf(*Queue[Queue[At].Before].F);
        Asked |= llvm::is_contained(Caller.Asks, Each.Capability);
      }
      if (!Asked)
        return explain(Use, Chain, Each);
    }
    for (const Step &Next : bodyOf(F).Steps)
      if (Seen.insert(Next.Callee->getCanonicalDecl()).second)
        Queue.push_back({Next.Callee, &Next, I});
  }
}

void checkOffered(Unit &U) {
  OfferChecker Checker(U);
  for (const Unit::ExecutorUse &Use : U.ExecutorUses)
    Checker.check(Use);
}

} // namespace coro
