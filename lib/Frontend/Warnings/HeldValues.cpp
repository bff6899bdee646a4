//===-- HeldValues.cpp - Values held where a function suspends ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A forward analysis over clang's control flow graph. Of a local variable that
// is assigned the result of a function marked coro_acquires, a point knows that
//
//     it holds the value      msg *m = take(q);
//     it holds nothing        after !m, m == NULL, n < 0; m = 0; no value yet
//     or nothing is known     after put(m), x->m = m, m = other: it may be safe
//
// Where ways meet: holding it on one and nothing on the other is holding it,
// for the first way loses it; what is not known on one is not known. So a value
// that is given away under a condition raises no alarm, whether or not a later
// one tells the ways apart.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Warnings/HeldValues.h"
#include "Frontend/Warnings/CancelFacts.h"
#include "Frontend/Warnings/ValueUses.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/Analysis/CFG.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace coro {

namespace {
/// What is known at a point, of the variables of which something is.
class State {
  struct Value {
    const VarDecl *Variable;
    /// The call that it holds the result of; null for nothing.
    const CallExpr *Acquired;
  };

public:
  llvm::SmallVector<Value, 4> Values;

  const Value *find(const VarDecl *V) const {
    const auto *It = llvm::find_if(
        Values, [V](const Value &Each) { return Each.Variable == V; });
    return It == Values.end() ? nullptr : It;
  }
  void forget(const VarDecl *V) {
    llvm::erase_if(Values,
                   [V](const Value &Each) { return Each.Variable == V; });
  }
  void set(const VarDecl *V, const CallExpr *Acquired) {
    forget(V);
    Values.push_back({V, Acquired});
  }
  void empty(const VarDecl *V) {
    if (find(V))
      set(V, nullptr);
  }
  bool meet(const State &Other);
};

class Flow {
  ASTContext &Context;
  ValueUses Uses;
  std::unique_ptr<CFG> Graph;
  /// By block; nothing where no way has led yet.
  std::vector<std::optional<State>> In;
  std::vector<Loss> *Found = nullptr;

  bool isFollowed(const VarDecl *V) const;
  void assign(State &S, const VarDecl *V, const Expr *From) const;
  void suspend(const State &S, const CallExpr &Call) const;
  void step(State &S, const CFGElement &Element) const;
  void branch(State &S, const Expr *Condition, bool Taken) const;
  void leave(State &S, const CFGBlock &Block, unsigned Way) const;

public:
  explicit Flow(const FunctionDecl &F);
  void run();
  void collect(std::vector<Loss> &Losses);
};
} // namespace

/// Keeps what holds on the other way as well. True if that changed anything.
bool State::meet(const State &Other) {
  bool Changed = false;
  size_t Before = Values.size();
  llvm::erase_if(Values,
                 [&](const Value &V) { return !Other.find(V.Variable); });
  for (Value &V : Values) {
    const CallExpr *There = Other.find(V.Variable)->Acquired;
    // Of two calls, the first in the text.
    if (There &&
        (!V.Acquired || There->getBeginLoc() < V.Acquired->getBeginLoc())) {
      V.Acquired = There;
      Changed = true;
    }
  }
  return Changed || Values.size() != Before;
}

Flow::Flow(const FunctionDecl &F)
    : Context(F.getASTContext()), Uses(valueUses(Context, *F.getBody())) {
  CFG::BuildOptions Options;
  Options.AddLifetime = true;
  Options.setAllAlwaysAdd();
  Graph = CFG::buildCFG(&F, F.getBody(), &Context, Options);
}

bool Flow::isFollowed(const VarDecl *V) const {
  return V && V->hasLocalStorage() && !V->hasAttr<CleanupAttr>() &&
         !Uses.Shared.count(V);
}

void Flow::assign(State &S, const VarDecl *V, const Expr *From) const {
  if (!isFollowed(V))
    return;
  S.forget(V);
  if (!From)
    return S.set(V, nullptr);
  const Expr *Bare = From->IgnoreParenCasts();
  const auto *Call = dyn_cast<CallExpr>(Bare);
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  Expr::EvalResult Constant;
  if (Callee && acquiresDeclaration(*Callee))
    S.set(V, Call);
  else if (Bare->EvaluateAsInt(Constant, Context) ||
           Bare->isNullPointerConstant(Context,
                                       Expr::NPC_ValueDependentIsNotNull))
    S.set(V, nullptr);
}

void Flow::suspend(const State &S, const CallExpr &Call) const {
  std::optional<Suspension> At;
  if (Found && !Uses.Shielded.count(&Call))
    At = suspensionAt(Context, Call);
  if (!At)
    return;
  for (const auto &Value : S.Values)
    if (Value.Acquired)
      Found->push_back({*At, Value.Variable, Value.Acquired});
}

void Flow::step(State &S, const CFGElement &Element) const {
  if (auto End = Element.getAs<CFGLifetimeEnds>())
    return S.forget(End->getVarDecl());
  auto Part = Element.getAs<CFGStmt>();
  if (!Part)
    return;
  const Stmt *Statement = Part->getStmt();
  if (const auto *Call = dyn_cast<CallExpr>(Statement)) {
    suspend(S, *Call);
  } else if (const auto *Ref = dyn_cast<DeclRefExpr>(Statement)) {
    if (!Uses.Harmless.count(Ref))
      S.forget(dyn_cast<VarDecl>(Ref->getDecl()));
  } else if (const auto *Declares = dyn_cast<DeclStmt>(Statement)) {
    for (const Decl *D : Declares->decls())
      if (const auto *V = dyn_cast<VarDecl>(D))
        assign(S, V, V->getInit());
  } else if (const auto *Op = dyn_cast<BinaryOperator>(Statement)) {
    if (Op->getOpcode() == BO_Assign)
      assign(S, variableOf(*Op), Op->getRHS());
    if (Uses.Copied.count(Op))
      S.forget(variableOf(*Op));
  }
}

/// The condition holds, or not, on the way that was taken. Where it says that a
/// variable is equal to something, or less, the variable holds no value.
void Flow::branch(State &S, const Expr *Condition, bool Taken) const {
  const Expr *E = Condition->IgnoreParenCasts();
  if (const auto *Call = dyn_cast<CallExpr>(E);
      Call && Call->getBuiltinCallee() == Builtin::BI__builtin_expect)
    return branch(S, Call->getArg(0), Taken);
  if (const auto *Not = dyn_cast<UnaryOperator>(E);
      Not && Not->getOpcode() == UO_LNot)
    return branch(S, Not->getSubExpr(), !Taken);
  const auto *Op = dyn_cast<BinaryOperator>(E);
  // The last operand is the one that decides here.
  if (Op && Op->isLogicalOp())
    return branch(S, Op->getRHS(), Taken);
  if (!Op || !Op->isComparisonOp()) {
    if (!Taken)
      S.empty(variableOf(*E));
    return;
  }
  const VarDecl *Left = variableOf(*Op->getLHS());
  const VarDecl *Right = variableOf(*Op->getRHS());
  if (Op->isEqualityOp()) {
    if (Taken == (Op->getOpcode() == BO_EQ)) {
      S.empty(Left);
      S.empty(Right);
    }
    return;
  }
  bool LeftIsLess = Op->getOpcode() == BO_LT || Op->getOpcode() == BO_LE;
  S.empty(LeftIsLess == Taken ? Left : Right);
}

/// What is known beyond a block, on the way to its successor of that number.
void Flow::leave(State &S, const CFGBlock &Block, unsigned Way) const {
  const auto *Condition =
      dyn_cast_or_null<Expr>(Block.getTerminatorCondition());
  if (!Condition)
    return;
  if (isa_and_nonnull<SwitchStmt>(Block.getTerminatorStmt()))
    S.forget(variableOf(*Condition));
  else if (Block.succ_size() == 2)
    branch(S, Condition, Way == 0);
}

void Flow::run() {
  if (!Graph)
    return;
  In.assign(Graph->getNumBlockIDs(), std::nullopt);
  In[Graph->getEntry().getBlockID()] = State();
  std::vector<const CFGBlock *> Work = {&Graph->getEntry()};
  while (!Work.empty()) {
    const CFGBlock *Block = Work.back();
    Work.pop_back();
    State After = *In[Block->getBlockID()];
    for (const CFGElement &Element : *Block)
      step(After, Element);
    unsigned Way = 0;
    for (const CFGBlock *Next : Block->succs()) {
      State Along = After;
      leave(Along, *Block, Way++);
      if (!Next)
        continue;
      std::optional<State> &Known = In[Next->getBlockID()];
      if (Known && !Known->meet(Along))
        continue;
      if (!Known)
        Known = Along;
      Work.push_back(Next);
    }
  }
}

void Flow::collect(std::vector<Loss> &Losses) {
  if (!Graph)
    return;
  Found = &Losses;
  for (const CFGBlock *Block : *Graph) {
    if (!In[Block->getBlockID()])
      continue;
    State S = *In[Block->getBlockID()];
    for (const CFGElement &Element : *Block)
      step(S, Element);
  }
  Found = nullptr;
}

std::vector<Loss> findLosses(const FunctionDecl &F) {
  std::vector<Loss> Losses;
  Flow Body(F);
  Body.run();
  Body.collect(Losses);
  const SourceManager &SM = F.getASTContext().getSourceManager();
  auto isBefore = [&SM](const Stmt *A, const Stmt *B) {
    return SM.isBeforeInTranslationUnit(A->getBeginLoc(), B->getBeginLoc());
  };
  llvm::stable_sort(Losses, [&](const Loss &A, const Loss &B) {
    if (A.At.Where != B.At.Where)
      return SM.isBeforeInTranslationUnit(A.At.Where, B.At.Where);
    return isBefore(A.Acquired, B.Acquired);
  });
  llvm::SmallPtrSet<const CallExpr *, 8> Seen;
  llvm::erase_if(Losses, [&Seen](const Loss &Each) {
    return !Seen.insert(Each.Acquired).second;
  });
  return Losses;
}

} // namespace coro
