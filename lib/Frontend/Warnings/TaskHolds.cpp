//===-- TaskHolds.cpp - What of one thread a task holds -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A task holds its arguments and the locals alive across a suspension, and so
// do the frames of the functions it calls, which are in its own. Of these, the
// question is which are coro_local, by their declaration or type, or are a
// pointer that was given the address of a thread-local variable.
//
// Which locals are alive is clang's own analysis. It does not see uses through
// pointers, so a variable may be missed; none is named that is not used later.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Warnings/TaskHolds.h"
#include "Frontend/Effects/Effects.h"
#include "Frontend/EvaluatedVisitor.h"
#include "Frontend/Warnings/ThreadFacts.h"
#include "clang/AST/ASTContext.h"
#include "clang/Analysis/Analyses/LiveVariables.h"
#include "clang/Analysis/AnalysisDeclContext.h"
#include "llvm/ADT/MapVector.h"

using namespace clang;

namespace coro {

/// The thread-local variable whose address an expression is: &v, &v.m, an
/// array, one of these plus a number, or a choice with one.
static const VarDecl *threadLocalBehind(const Expr &Given) {
  const Expr *E = Given.IgnoreParenCasts();
  if (const auto *Choice = dyn_cast<ConditionalOperator>(E)) {
    const VarDecl *Chosen = threadLocalBehind(*Choice->getTrueExpr());
    return Chosen ? Chosen : threadLocalBehind(*Choice->getFalseExpr());
  }
  if (const auto *Sum = dyn_cast<BinaryOperator>(E);
      Sum && Sum->isAdditiveOp() && Sum->getType()->isPointerType())
    return threadLocalBehind(Sum->getLHS()->getType()->isPointerType()
                                 ? *Sum->getLHS()
                                 : *Sum->getRHS());
  bool Address = E->getType()->isArrayType();
  if (const auto *Unary = dyn_cast<UnaryOperator>(E);
      Unary && Unary->getOpcode() == UO_AddrOf) {
    Address = true;
    E = Unary->getSubExpr()->IgnoreParens();
  }
  while (Address) {
    if (const auto *Member = dyn_cast<MemberExpr>(E);
        Member && !Member->isArrow())
      E = Member->getBase()->IgnoreParens();
    else if (const auto *Element = dyn_cast<ArraySubscriptExpr>(E);
             Element &&
             Element->getBase()->IgnoreParenCasts()->getType()->isArrayType())
      E = Element->getBase()->IgnoreParenCasts();
    else
      break;
  }
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  return Address && V && V->getTLSKind() != VarDecl::TLS_None ? V : nullptr;
}

ThreadBound threadBound(const Expr &E) {
  ThreadBound Found;
  Found.ThreadLocal = threadLocalBehind(E);
  if (Found)
    return Found;
  const Expr *Inner = E.IgnoreParenCasts();
  Found.Local = localDeclaration(Inner->getType());
  if (const auto *Unary = dyn_cast<UnaryOperator>(Inner);
      Unary && Unary->getOpcode() == UO_AddrOf)
    Inner = Unary->getSubExpr()->IgnoreParens();
  const auto *Ref = dyn_cast<DeclRefExpr>(Inner);
  if (Ref && !Found.Local)
    Found.Local = localDeclaration(*Ref->getDecl());
  return Found;
}

namespace {
/// The locals of a body that are bound to a thread, and the functions called.
class Candidates : public EvaluatedVisitor<Candidates> {
  void consider(const VarDecl *V, const Expr *From) {
    if (!V || !V->isLocalVarDecl() || !V->hasLocalStorage())
      return;
    ThreadBound What;
    What.Local = localDeclaration(*V);
    if (!What && From)
      What.ThreadLocal = threadLocalBehind(*From);
    if (What)
      Locals.insert({V, What});
  }

public:
  llvm::MapVector<const VarDecl *, ThreadBound> Locals;
  llvm::SmallVector<const FunctionDecl *, 8> Callees;

  explicit Candidates(const ASTContext &Context) : EvaluatedVisitor(Context) {}
  bool VisitVarDecl(VarDecl *V) {
    consider(V, V->getInit());
    return true;
  }
  bool VisitBinaryOperator(BinaryOperator *Op) {
    const auto *To = dyn_cast<DeclRefExpr>(Op->getLHS()->IgnoreParens());
    if (Op->getOpcode() == BO_Assign && To)
      consider(dyn_cast<VarDecl>(To->getDecl()), Op->getRHS());
    return true;
  }
  bool VisitCallExpr(CallExpr *Call) {
    const FunctionDecl *Callee = Call->getDirectCallee();
    const FunctionDecl *Definition = nullptr;
    if (Callee && Callee->hasBody(Definition))
      Callees.push_back(Definition);
    return true;
  }
};

/// Notes the first suspension, in the order of the text, that each candidate is
/// alive across.
class AliveAcross : public LiveVariables::Observer {
  const ASTContext &Context;
  const Candidates &Wanted;

public:
  llvm::MapVector<const VarDecl *, Suspension> Found;

  AliveAcross(const ASTContext &Context, const Candidates &Wanted)
      : Context(Context), Wanted(Wanted) {}
  void observeStmt(const Stmt *S, const CFGBlock *,
                   const LiveVariables::LivenessValues &Alive) override {
    const auto *Call = dyn_cast<CallExpr>(S);
    auto Suspends = Call ? suspensionAt(Context, *Call) : std::nullopt;
    if (!Suspends)
      return;
    for (const auto &[V, What] : Wanted.Locals) {
      (void)What;
      if (!Alive.isLive(V))
        continue;
      auto [Place, New] = Found.insert({V, *Suspends});
      if (!New && Suspends->Where < Place->second.Where)
        Place->second = *Suspends;
    }
  }
};
} // namespace

static void addLocals(const FunctionDecl &F, const Candidates &Wanted,
                      std::vector<HeldVariable> &Held) {
  CFG::BuildOptions Options;
  Options.setAllAlwaysAdd();
  AnalysisDeclContext Body(nullptr, &F, Options);
  auto *Liveness = Body.getAnalysis<LiveVariables>();
  if (!Liveness)
    return;
  AliveAcross Observer(F.getASTContext(), Wanted);
  Liveness->runOnAllBlocks(Observer);
  for (const auto &[V, What] : Wanted.Locals) {
    auto Across = Observer.Found.find(V);
    if (Across != Observer.Found.end())
      Held.push_back({What, V, &F, Across->second});
  }
}

const std::vector<HeldVariable> &TaskHolds::of(const FunctionDecl &F) {
  if (std::vector<HeldVariable> *Done = Known[&F].get())
    return *Done;
  // What calls itself holds no more than what is found on the way.
  Known[&F] = std::make_unique<std::vector<HeldVariable>>();
  std::vector<HeldVariable> Held;
  for (const ParmVarDecl *P : F.parameters()) {
    ThreadBound What;
    What.Local = localDeclaration(*P);
    if (What)
      Held.push_back({What, P, &F, std::nullopt});
  }
  Candidates Inside(F.getASTContext());
  Inside.TraverseStmt(F.getBody());
  if (!Inside.Locals.empty())
    addLocals(F, Inside, Held);
  for (const FunctionDecl *Callee : Inside.Callees)
    if (declaredYields(*Callee))
      for (const HeldVariable &Each : of(*Callee))
        Held.push_back(Each);
  *Known[&F] = std::move(Held);
  return *Known[&F];
}

} // namespace coro
