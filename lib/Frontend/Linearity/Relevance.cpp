//===-- Relevance.cpp - Which branches matter to a task -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A function has as many paths as its branches multiply to. Most branches have
// nothing to do with a task:
//
//   if (verbose)        // both ways come together, nothing was done to the
//     log(n);           // task in between: what `verbose` is, is not kept
//
// A branch matters if something that matters is control dependent on it: what
// is done to the task, the end of its scope, and assignments to variables that
// branches which matter ask for. That is found by going round until nothing is
// added.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Linearity/Relevance.h"
#include "Frontend/Linearity/PathFacts.h"
#include "clang/AST/Stmt.h"
#include "clang/Analysis/Analyses/Dominators.h"

using namespace clang;

namespace coro {

/// The keys that are asked for to find out a value.
template <typename Ask> llvm::DenseSet<KeyId> Relevance::keysOf(Ask Value) {
  llvm::DenseSet<KeyId> Found;
  Known.keys().Asked = &Found;
  Value(PathFacts(Known.keys()));
  Known.keys().Asked = nullptr;
  return Found;
}

void Relevance::assignments(const Stmt &S, Asked &To) {
  auto add = [&](const ValueDecl *Changed, const Expr *Value, const Expr *Old) {
    To.ByAssignment.push_back({Changed, keysOf([&](const PathFacts &Nothing) {
                                 if (Value)
                                   Nothing.valueOf(Value);
                                 if (Old)
                                   Nothing.valueOf(Old);
                               })});
  };
  if (const auto *Declaration = dyn_cast<DeclStmt>(&S)) {
    for (const Decl *D : Declaration->decls())
      if (const auto *Var = dyn_cast<VarDecl>(D); Var && Var->hasInit())
        add(Var, Var->getInit(), nullptr);
  } else if (const auto *Op = dyn_cast<BinaryOperator>(&S);
             Op && Op->isAssignmentOp()) {
    add(changedBy(Known.context(), Op->getLHS()), Op->getRHS(),
        Op->isCompoundAssignmentOp() ? Op->getLHS() : nullptr);
  } else if (const auto *Op = dyn_cast<UnaryOperator>(&S);
             Op && Op->isIncrementDecrementOp()) {
    add(changedBy(Known.context(), Op->getSubExpr()), nullptr,
        Op->getSubExpr());
  }
}

void Relevance::look(const CFGBlock &Block, const TaskEvents &Events,
                     const Place &Task) {
  Asked &Mine = Blocks[Block.getBlockID()];
  auto concerns = [&](const void *Node) {
    return llvm::any_of(Events.at(Node), [&](unsigned Index) {
      return Events.All[Index].Where.overlaps(Task);
    });
  };
  for (const CFGElement &Element : Block) {
    if (auto End = Element.getAs<CFGLifetimeEnds>())
      Mine.ConcernsTask |= End->getVarDecl() == Task.Root;
    auto Statement = Element.getAs<CFGStmt>();
    if (!Statement)
      continue;
    const Stmt *S = Statement->getStmt();
    Mine.ConcernsTask |=
        concerns(S) || Known.raiseFrom(*S, *Task.Root).has_value();
    if (const auto *Declaration = dyn_cast<DeclStmt>(S))
      for (const Decl *D : Declaration->decls())
        Mine.ConcernsTask |= concerns(D);
    assignments(*S, Mine);
  }
  Mine.ByBranch = keysOf([&](const PathFacts &Nothing) {
    for (const GraphFacts::Edge &E : Known.edgesOf(Block))
      if (E.Condition)
        Nothing.valueOf(E.Condition);
  });
}

void Relevance::findBranches(CFG &Graph) {
  ControlDependencyCalculator Dependencies(&Graph);
  // Variables and members that a branch which matters depends on.
  llvm::DenseSet<const ValueDecl *> Relevant;
  auto mention = [&](const llvm::DenseSet<KeyId> &Asked) {
    for (KeyId Key : Asked)
      for (const ValueDecl *D : Known.keys().info(Key).Mentions)
        Relevant.insert(D);
  };
  size_t Before;
  do {
    Before = Relevant.size() + Branches.count();
    for (CFGBlock *Block : Graph) {
      Asked &Mine = Blocks[Block->getBlockID()];
      bool Matters = Mine.ConcernsTask || Branches[Block->getBlockID()];
      for (const Asked::Assignment &A : Mine.ByAssignment)
        if (Relevant.contains(A.To)) {
          Matters = true;
          mention(A.Keys);
        }
      if (!Matters)
        continue;
      for (const CFGBlock *On : Dependencies.getControlDependencies(Block)) {
        Branches.set(On->getBlockID());
        mention(Blocks[On->getBlockID()].ByBranch);
      }
    }
  } while (Relevant.size() + Branches.count() != Before);
  findAsked(Relevant);
}

void Relevance::findAsked(const llvm::DenseSet<const ValueDecl *> &Relevant) {
  std::vector<llvm::DenseSet<KeyId>> AskedIn(Blocks.size());
  for (size_t Id = 0; Id < Blocks.size(); ++Id) {
    if (Branches[Id])
      AskedIn[Id] = Blocks[Id].ByBranch;
    for (const Asked::Assignment &A : Blocks[Id].ByAssignment)
      if (Relevant.contains(A.To))
        AskedIn[Id].insert(A.Keys.begin(), A.Keys.end());
  }
  AskedFrom = AskedIn;
  for (size_t Id = 0; Id < Blocks.size(); ++Id)
    for (unsigned Later : Known.reach(Id).set_bits())
      AskedFrom[Id].insert(AskedIn[Later].begin(), AskedIn[Later].end());
}

Relevance::Relevance(CFG &Graph, GraphFacts &Known, const TaskEvents &Events,
                     const Place &Task)
    : Known(Known), Blocks(Known.blocks().size()),
      Branches(Known.blocks().size()) {
  for (const CFGBlock *Block : Known.blocks())
    if (Block)
      look(*Block, Events, Task);
  findBranches(Graph);
}

} // namespace coro
