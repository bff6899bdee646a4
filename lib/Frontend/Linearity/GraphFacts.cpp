//===-- GraphFacts.cpp - What holds on every path of a function -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Frontend/Linearity/GraphFacts.h"
#include "Frontend/Linearity/PathFacts.h"
#include "Frontend/Raising/TryBlocks.h"
#include "clang/AST/Stmt.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace coro {

GraphFacts::GraphFacts(ASTContext &Context, const CFG &Graph,
                       const RaiseEdges &Raises, const TaskEvents &Events,
                       const Place &Task)
    : Context(Context), Raises(Raises), All(Context),
      Blocks(Graph.getNumBlockIDs()), EndsSome(Graph.getNumBlockIDs()) {
  for (const CFGBlock *Block : Graph)
    Blocks[Block->getBlockID()] = Block;
  for (const TaskEvent &E : Events.All)
    if (E.Kind == TaskEventKind::Start)
      for (const Expr *Argument : cast<CallExpr>(E.At)->arguments())
        Bound.insert(Argument->IgnoreParenImpCasts());
  findReach();
  findExposed();
  if (Task.hasAnyIndex())
    findEndsSome(Events, Task);
  findLoopsThatRun(Events, Task);
}

static const Stmt *statement(const CFGElement &Element) {
  auto S = Element.getAs<CFGStmt>();
  return S ? S->getStmt() : nullptr;
}

void GraphFacts::reach(llvm::BitVector &From, const CFGBlock *Next) const {
  if (!Next)
    return;
  From.set(Next->getBlockID());
  From |= Reach[Next->getBlockID()];
}

/// Which blocks can be come to after each.
void GraphFacts::findReach() {
  Reach.assign(Blocks.size(), llvm::BitVector(Blocks.size()));
  for (bool Changed = true; Changed;) {
    Changed = false;
    // Clang numbers blocks from the end.
    for (const CFGBlock *Block : Blocks) {
      if (!Block)
        continue;
      llvm::BitVector &Mine = Reach[Block->getBlockID()];
      unsigned Before = Mine.count();
      for (const CFGBlock *Next : Block->succs())
        reach(Mine, Next);
      for (const CFGElement &Element : *Block)
        if (const Stmt *S = statement(Element))
          reach(Mine, Raises.catchOf(*S));
      Changed |= Mine.count() != Before;
    }
  }
}

void GraphFacts::findExposed() {
  for (const CFGBlock *Block : Blocks) {
    if (!Block)
      continue;
    for (const CFGElement &Element : *Block)
      if (const auto *Op = dyn_cast_or_null<UnaryOperator>(statement(Element)))
        if (Op->getOpcode() == UO_AddrOf)
          if (std::optional<Place> P = pointeeOf(Context, Op))
            All.Exposed.insert(P->Root);
  }
}

static bool mayEnd(TaskEventKind Kind) {
  switch (Kind) {
  case TaskEventKind::Declare:
  case TaskEventKind::Start:
  case TaskEventKind::Request:
  case TaskEventKind::Describe:
  case TaskEventKind::Read:
    return false;
  default:
    return true;
  }
}

void GraphFacts::findEndsSome(const TaskEvents &Events, const Place &Task) {
  for (const CFGBlock *Block : Blocks) {
    if (!Block || !Reach[Block->getBlockID()][Block->getBlockID()])
      continue; // in no loop
    unsigned Id = Block->getBlockID();
    bool Ends = llvm::any_of(*Block, [&](const CFGElement &Element) {
      return llvm::any_of(Events.at(statement(Element)), [&](unsigned Index) {
        const TaskEvent &E = Events.All[Index];
        return mayEnd(E.Kind) && E.Where.overlaps(Task);
      });
    });
    if (Ends)
      for (unsigned Other : Reach[Id].set_bits())
        if (Reach[Other][Id])
          EndsSome.set(Other);
  }
}

static bool runs(TaskEventKind Kind) {
  return Kind == TaskEventKind::Poll || Kind == TaskEventKind::Next ||
         Kind == TaskEventKind::Finish || Kind == TaskEventKind::FinishOne;
}

/// The blocks that can be come to from one, with steps in one direction, none
/// of them out of a block to avoid.
template <typename Neighbours>
static llvm::BitVector closure(unsigned From, const llvm::BitVector &Avoid,
                               Neighbours Next) {
  llvm::BitVector Found(Avoid.size());
  llvm::SmallVector<unsigned, 16> Work = {From};
  while (!Work.empty()) {
    unsigned Id = Work.pop_back_val();
    for (const CFGBlock *To : Next(Id))
      if (To && !Avoid[To->getBlockID()] && !Found[To->getBlockID()]) {
        Found.set(To->getBlockID());
        Work.push_back(To->getBlockID());
      }
  }
  return Found;
}

/// Loops around what runs the task, and not around what starts it.
void GraphFacts::findLoopsThatRun(const TaskEvents &Events, const Place &Task) {
  llvm::BitVector Starts(Blocks.size()), Runs(Blocks.size());
  for (const CFGBlock *Block : Blocks)
    for (size_t I = 0; Block && I < Block->size(); ++I)
      for (unsigned Index : Events.at(statement((*Block)[I]))) {
        const TaskEvent &E = Events.All[Index];
        if (!E.Where.overlaps(Task))
          continue;
        if (E.Kind == TaskEventKind::Start)
          Starts.set(Block->getBlockID());
        else if (runs(E.Kind))
          Runs.set(Block->getBlockID());
      }
  for (unsigned Id : Runs.set_bits()) {
    llvm::BitVector Loop = closure(
        Id, Starts, [this](unsigned At) { return Blocks[At]->succs(); });
    Loop &= closure(Id, Starts,
                    [this](unsigned At) { return Blocks[At]->preds(); });
    if (Loop[Id] && !llvm::is_contained(LoopsThatRun, Loop))
      LoopsThatRun.push_back(std::move(Loop));
  }
}

bool GraphFacts::leavesLoopThatRuns(unsigned From, unsigned To) const {
  return llvm::any_of(LoopsThatRun, [&](const llvm::BitVector &Loop) {
    return Loop[From] && !Loop[To];
  });
}

/// The values of a case label; none where they are too large to tell.
static std::optional<ValueRange> valuesOf(ASTContext &Context,
                                          const CaseStmt &Case) {
  Expr::EvalResult First, Last;
  if (!Case.getLHS()->EvaluateAsInt(First, Context) ||
      !First.Val.getInt().isRepresentableByInt64())
    return std::nullopt;
  int64_t Low = First.Val.getInt().getExtValue();
  if (!Case.getRHS())
    return ValueRange::only(Low);
  if (!Case.getRHS()->EvaluateAsInt(Last, Context) ||
      !Last.Val.getInt().isRepresentableByInt64())
    return std::nullopt;
  return ValueRange(Low, Last.Val.getInt().getExtValue());
}

std::vector<GraphFacts::Edge>
GraphFacts::edgesOfSwitch(const CFGBlock &Block, const SwitchStmt &Switch) {
  llvm::SmallPtrSet<const Stmt *, 8> Labels;
  ValueRange Rest = ValueRange::all();
  for (const SwitchCase *Case = Switch.getSwitchCaseList(); Case;
       Case = Case->getNextSwitchCase()) {
    Labels.insert(Case);
    if (const auto *Value = dyn_cast<CaseStmt>(Case))
      if (std::optional<ValueRange> Values = valuesOf(Context, *Value))
        Rest = Rest.intersect(Values->complement());
  }
  std::vector<Edge> Edges;
  for (const CFGBlock::AdjacentBlock &Next : Block.succs()) {
    const CFGBlock *To = Next.getReachableBlock();
    if (!To)
      continue;
    // The block behind the switch may have a label of another one.
    const Stmt *Label =
        Labels.contains(To->getLabel()) ? To->getLabel() : nullptr;
    ValueRange Values = Rest;
    if (const auto *Case = dyn_cast_or_null<CaseStmt>(Label))
      Values = valuesOf(Context, *Case).value_or(ValueRange::all());
    Edges.push_back({To, Switch.getCond(), true, Label, true, Values});
  }
  return Edges;
}

/// The condition of a branch that has two sides, the true one first.
static const Expr *conditionOf(const CFGBlock &Block) {
  const Stmt *Terminator = Block.getTerminatorStmt();
  if (Block.succ_size() != 2 || !Terminator ||
      !isa<IfStmt, WhileStmt, DoStmt, ForStmt, AbstractConditionalOperator,
           BinaryOperator>(Terminator))
    return nullptr;
  return Block.getLastCondition();
}

std::vector<GraphFacts::Edge> GraphFacts::edgesOf(const CFGBlock &Block) {
  if (const auto *Switch =
          dyn_cast_or_null<SwitchStmt>(Block.getTerminatorStmt()))
    return edgesOfSwitch(Block, *Switch);
  std::vector<Edge> Edges;
  // A coro_catch is come to from what raises.
  if (const auto *If = dyn_cast_or_null<IfStmt>(Block.getTerminatorStmt());
      If && caughtBy(*If)) {
    if (const CFGBlock *To = Block.succ_begin()->getReachableBlock())
      Edges.push_back({To, nullptr, true, nullptr, false, {}});
    return Edges;
  }
  const Expr *Condition = conditionOf(Block);
  bool True = true;
  for (const CFGBlock::AdjacentBlock &Next : Block.succs()) {
    if (const CFGBlock *To = Next.getReachableBlock())
      Edges.push_back({To, Condition, True, nullptr, false, {}});
    True = false;
  }
  return Edges;
}

} // namespace coro
