//===-- ScopePaths.cpp - Where children of scopes may be ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Follows three facts about each spawn forwards through the graph of a
// function; of paths that meet, each counts:
//
//   Runs    its task is in the storage, from the spawn until something is done
//           that may end it
//   Names   the variable names the child, and its scope is there
//   Dangles the variable names it, and the scope has ended
//
// The first is not believed where the spawn's value goes somewhere: it says
// whether there is a task at all, unless it is a condition, whose edges say so.
//
// The loop of coro_scoped runs once: its condition is true where it is come to
// first, and false behind the block.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Linearity/ScopePaths.h"
#include "Frontend/Linearity/ConditionKeys.h"
#include "Frontend/Report.h"
#include "clang/Analysis/CFG.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/SetVector.h"

using namespace clang;

namespace coro {

namespace {
class Flow {
  enum Fact { Runs, Names, Dangles, Facts };

  ASTContext &Context;
  const CFG &Graph;
  const ScopeSpawns &Spawns;
  std::vector<llvm::BitVector> In;
  llvm::SmallSetVector<const CFGBlock *, 16> Work;
  llvm::DenseSet<const VarDecl *> Exposed;
  bool Reporting = false;
  std::vector<ScopeProblem> Problems;

  size_t count() const { return Spawns.All.size(); }
  unsigned bit(size_t Spawn, Fact F) const {
    return static_cast<unsigned>(Spawn * Facts + F);
  }
  void problem(ScopeProblem::Kind What, const Expr &At, size_t Spawn);
  void findExposed();
  bool isBelieved(const ScopeSpawn &S) const;
  bool isHarmless(const Stmt &Read) const;
  void endOf(const VarDecl &Var, llvm::BitVector &State);
  void spawn(const CallExpr &Call, llvm::BitVector &State);
  void call(const CallExpr &Call, llvm::BitVector &State);
  void nameAt(const void *Node, llvm::BitVector &State);
  void forget(const ValueDecl *Var, llvm::BitVector &State);
  void read(const CastExpr &Load, llvm::BitVector &State);
  void execute(const Stmt &S, llvm::BitVector &State);
  void transfer(const CFGBlock &Block, llvm::BitVector &State);
  void take(const CFGBlock &Block, unsigned Edge, llvm::BitVector &State);
  void go(const CFGBlock *To, const llvm::BitVector &State);
  void leave(const CFGBlock &Block, const llvm::BitVector &State);

public:
  Flow(ASTContext &Context, const CFG &Graph, const ScopeSpawns &Spawns)
      : Context(Context), Graph(Graph), Spawns(Spawns),
        In(Graph.getNumBlockIDs(),
           llvm::BitVector(static_cast<unsigned>(count() * Facts))) {}
  std::vector<ScopeProblem> run();
};
} // namespace

void Flow::problem(ScopeProblem::Kind What, const Expr &At, size_t Spawn) {
  if (Reporting)
    Problems.push_back({What,
                        asWritten(Context.getSourceManager(), At.getExprLoc()),
                        &Spawns.All[Spawn]});
}

/// Pointers that are changed in ways that are not seen.
void Flow::findExposed() {
  for (const auto &[S, Parent] : Spawns.Parents) {
    const auto *Address = dyn_cast<UnaryOperator>(S);
    if (!Address || Address->getOpcode() != UO_AddrOf ||
        Spawns.OfMacro.contains(Address))
      continue;
    if (std::optional<Place> P = pointeeOf(Context, Address))
      Exposed.insert(P->Root);
  }
}

/// True where there is a task behind the call, or an edge says that there is
/// none.
bool Flow::isBelieved(const ScopeSpawn &S) const {
  const Stmt *At = S.Call, *Up = Spawns.Parents.lookup(At);
  for (; Up; At = Up, Up = Spawns.Parents.lookup(At)) {
    const auto *Op = dyn_cast<BinaryOperator>(Up);
    const auto *Block = dyn_cast<CompoundStmt>(Up);
    if (Block && Block->body_back() == At &&
        isa_and_nonnull<StmtExpr>(Spawns.Parents.lookup(Up)))
      continue; // the value of the whole
    if (!isa<Expr>(Up))
      return !isa<ReturnStmt, SwitchStmt, DeclStmt>(Up);
    if (!isa<ParenExpr, CastExpr, UnaryOperator, FullExpr, StmtExpr>(Up) &&
        !(Op && (Op->isLogicalOp() || Op->isComparisonOp())))
      return false;
  }
  return false;
}

/// True where a pointer is only asked whether it is one.
bool Flow::isHarmless(const Stmt &Read) const {
  const Stmt *Up = Spawns.Parents.lookup(&Read);
  while (isa_and_nonnull<ParenExpr>(Up))
    Up = Spawns.Parents.lookup(Up);
  if (const auto *Cast = dyn_cast_or_null<CastExpr>(Up))
    return Cast->getCastKind() == CK_ToVoid ||
           Cast->getCastKind() == CK_PointerToBoolean;
  if (const auto *Op = dyn_cast_or_null<BinaryOperator>(Up))
    return Op->isEqualityOp() || Op->isLogicalOp();
  if (const auto *Op = dyn_cast_or_null<UnaryOperator>(Up))
    return Op->getOpcode() == UO_LNot;
  if (const auto *Choice = dyn_cast_or_null<ConditionalOperator>(Up))
    return Choice->getCond() == &Read;
  return !Up || !isa<Expr, ReturnStmt, DeclStmt>(Up);
}

/// A variable is gone.
void Flow::endOf(const VarDecl &Var, llvm::BitVector &State) {
  for (size_t I = 0; I < count(); ++I) {
    const ScopeSpawn &S = Spawns.All[I];
    if (S.Scope == &Var) {
      State.reset(bit(I, Runs));
      if (State[bit(I, Names)])
        State.set(bit(I, Dangles));
      State.reset(bit(I, Names));
    }
    if (S.Storage && S.Storage->Root == &Var)
      State.reset(bit(I, Runs));
  }
  forget(&Var, State);
}

void Flow::forget(const ValueDecl *Var, llvm::BitVector &State) {
  for (size_t I = 0; I < count(); ++I)
    if (Spawns.All[I].Child == Var) {
      State.reset(bit(I, Names));
      State.reset(bit(I, Dangles));
    }
}

void Flow::nameAt(const void *Node, llvm::BitVector &State) {
  for (size_t I = 0; I < count(); ++I) {
    const ScopeSpawn &S = Spawns.All[I];
    if (S.NamedAt != Node || Exposed.contains(S.Child))
      continue;
    forget(S.Child, State);
    State.set(bit(I, Names));
  }
}

void Flow::spawn(const CallExpr &Call, llvm::BitVector &State) {
  for (size_t I = 0; I < count(); ++I) {
    const ScopeSpawn &S = Spawns.All[I];
    if (S.Call != &Call || !S.Storage || S.Storage->hasAnyIndex())
      continue;
    for (size_t Other = 0; Other < count(); ++Other)
      if (State[bit(Other, Runs)] &&
          Spawns.All[Other].Storage->overlaps(*S.Storage))
        problem(ScopeProblem::SpawnedTwice, Call, Other);
    if (isBelieved(S))
      State.set(bit(I, Runs));
  }
}

/// Whoever gets a scope may wait for what is in it.
void Flow::call(const CallExpr &Call, llvm::BitVector &State) {
  const FunctionDecl *F = Call.getDirectCallee();
  llvm::StringRef Name =
      F && F->getIdentifier() ? F->getName() : llvm::StringRef();
  if (Name == "coro_scope_spawn_any")
    return spawn(Call, State);
  if (Name == "coro_scope_begin" || Name == "coro_scope_send_begin" ||
      Name == "coro_scope_cancel" || Name == "coro_scope_set_allocator")
    return;
  for (const Expr *Argument : Call.arguments())
    if (std::optional<Place> P =
            pointeeOf(Context, Argument->IgnoreParenImpCasts()))
      for (size_t I = 0; I < count(); ++I)
        if (Spawns.All[I].Scope == P->Root)
          State.reset(bit(I, Runs));
}

void Flow::read(const CastExpr &Load, llvm::BitVector &State) {
  const auto *Ref = dyn_cast<DeclRefExpr>(Load.getSubExpr()->IgnoreParens());
  if (!Ref || isHarmless(Load))
    return;
  for (size_t I = 0; I < count(); ++I)
    if (Spawns.All[I].Child == Ref->getDecl() && State[bit(I, Dangles)])
      problem(ScopeProblem::ChildUsed, *Ref, I);
}

void Flow::execute(const Stmt &S, llvm::BitVector &State) {
  if (const auto *Declaration = dyn_cast<DeclStmt>(&S)) {
    for (const Decl *D : Declaration->decls())
      if (const auto *Var = dyn_cast<VarDecl>(D)) {
        forget(Var, State);
        nameAt(Var, State);
      }
  } else if (const auto *Call = dyn_cast<CallExpr>(&S)) {
    call(*Call, State);
    nameAt(Call, State);
  } else if (const auto *Op = dyn_cast<BinaryOperator>(&S);
             Op && Op->isAssignmentOp()) {
    if (const auto *To = dyn_cast<DeclRefExpr>(Op->getLHS()->IgnoreParens()))
      forget(To->getDecl(), State);
    nameAt(Op, State);
  } else if (const auto *Cast = dyn_cast<CastExpr>(&S);
             Cast && Cast->getCastKind() == CK_LValueToRValue) {
    read(*Cast, State);
  } else if (const auto *Ref = dyn_cast<DeclRefExpr>(&S)) {
    // Storage that is mentioned may be waited for there.
    const Stmt *Up = Spawns.Parents.lookup(Ref);
    if (const auto *Address = dyn_cast_or_null<Expr>(Up);
        Address && Spawns.OfMacro.contains(Address))
      return;
    for (size_t I = 0; I < count(); ++I)
      if (Spawns.All[I].Storage &&
          Spawns.All[I].Storage->Root == Ref->getDecl())
        State.reset(bit(I, Runs));
  } else if (const auto *Return = dyn_cast<ReturnStmt>(&S);
             Return && Return->getRetValue()) {
    const auto *Value =
        dyn_cast<DeclRefExpr>(Return->getRetValue()->IgnoreParenImpCasts());
    for (size_t I = 0; Value && I < count(); ++I)
      if (Spawns.All[I].Child == Value->getDecl() && State[bit(I, Names)] &&
          !isa<ParmVarDecl>(Spawns.All[I].Scope))
        problem(ScopeProblem::ChildReturned, *Value, I);
  }
}

void Flow::transfer(const CFGBlock &Block, llvm::BitVector &State) {
  for (const CFGElement &Element : Block) {
    if (auto End = Element.getAs<CFGLifetimeEnds>())
      endOf(*End->getVarDecl(), State);
    else if (auto S = Element.getAs<CFGStmt>())
      execute(*S->getStmt(), State);
  }
}

/// What is known on one of the two ways out of a block.
void Flow::take(const CFGBlock &Block, unsigned Edge, llvm::BitVector &State) {
  const Expr *Condition =
      Block.succ_size() == 2 ? Block.getLastCondition() : nullptr;
  bool Failed = Edge == 0;
  while (Condition) {
    Condition = stripped(Context, Condition);
    const auto *Not = dyn_cast<UnaryOperator>(Condition);
    const auto *Op = dyn_cast<BinaryOperator>(Condition);
    if (Not && Not->getOpcode() == UO_LNot) {
      Failed = !Failed;
      Condition = Not->getSubExpr();
    } else if (Op && Op->isComparisonOp()) {
      Failed ^= Op->getOpcode() == BO_EQ || Op->getOpcode() == BO_GE;
      bool Turned = isa<IntegerLiteral>(Op->getLHS()->IgnoreParenCasts());
      Condition = Turned ? Op->getRHS() : Op->getLHS();
    } else {
      break;
    }
  }
  for (size_t I = 0; Failed && Condition && I < count(); ++I)
    if (Spawns.All[I].Call == Condition)
      State.reset(bit(I, Runs));
}

/// What a block of coro_scoped asks for, or null.
static const ForStmt *scopedLoop(const CFGBlock *Block) {
  const auto *For =
      dyn_cast_or_null<ForStmt>(Block ? Block->getTerminatorStmt() : nullptr);
  const auto *Declaration =
      dyn_cast_or_null<DeclStmt>(For ? For->getInit() : nullptr);
  const auto *Last =
      Declaration && !Declaration->decls().empty()
          ? dyn_cast<VarDecl>(*std::prev(Declaration->decl_end()))
          : nullptr;
  return Last && isOfHeader(*Last) &&
                 Last->getName().starts_with("__coro_scope_")
             ? For
             : nullptr;
}

void Flow::go(const CFGBlock *To, const llvm::BitVector &State) {
  if (!To || !State.test(In[To->getBlockID()]))
    return;
  In[To->getBlockID()] |= State;
  Work.insert(To);
}

/// Hands the state behind a block on to those that follow.
void Flow::leave(const CFGBlock &Block, const llvm::BitVector &State) {
  if (scopedLoop(&Block))
    return go(*Block.succ_begin(), State);
  const CFGBlock *Only = Block.succ_size() == 1 ? *Block.succ_begin() : nullptr;
  if (Block.getLoopTarget() && scopedLoop(Only))
    return go(*std::next(Only->succ_begin()), State);
  unsigned Edge = 0;
  for (const CFGBlock *To : Block.succs()) {
    llvm::BitVector There = State;
    take(Block, Edge++, There);
    go(To, There);
  }
}

std::vector<ScopeProblem> Flow::run() {
  findExposed();
  for (const CFGBlock *Block : Graph)
    Work.insert(Block);
  while (!Work.empty()) {
    const CFGBlock *Block = Work.pop_back_val();
    llvm::BitVector State = In[Block->getBlockID()];
    transfer(*Block, State);
    leave(*Block, State);
  }
  Reporting = true;
  for (const CFGBlock *Block : Graph) {
    llvm::BitVector State = In[Block->getBlockID()];
    transfer(*Block, State);
  }
  return std::move(Problems);
}

std::vector<ScopeProblem> checkScopePaths(ASTContext &Context,
                                          const FunctionDecl &F,
                                          const ScopeSpawns &Spawns) {
  if (llvm::none_of(Spawns.All,
                    [](const ScopeSpawn &S) { return S.Storage || S.Child; }))
    return {};
  CFG::BuildOptions Build;
  Build.AddLifetime = true;
  Build.setAllAlwaysAdd();
  std::unique_ptr<CFG> Graph = CFG::buildCFG(&F, F.getBody(), &Context, Build);
  if (!Graph)
    return {};
  std::vector<ScopeProblem> Found = Flow(Context, *Graph, Spawns).run();
  const SourceManager &SM = Context.getSourceManager();
  llvm::stable_sort(Found, [&SM](const auto &A, const auto &B) {
    return SM.isBeforeInTranslationUnit(A.Where, B.Where);
  });
  Found.erase(std::unique(Found.begin(), Found.end(),
                          [](const auto &A, const auto &B) {
                            return A.Where == B.Where && A.What == B.What;
                          }),
              Found.end());
  return Found;
}

} // namespace coro
