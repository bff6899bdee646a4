//===-- TaskPaths.cpp - The life of one task on every path ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Follows one task (TaskLife) through the graph of a function, path by path.
// Two paths that come to a block with the same state and the same facts are one
// from there. The search is breadth first, so that a problem is found on a
// short path. It reports what is certain on a path that, for all it knows, is
// possible; a use of a task that was not started, only where all paths to it
// agree. Where the paths are too many it stops, with what it has found.
//
// A loop that may end some elements of an array is taken to end all. Where a
// loop that runs the task is left before it did, as `while (!*done)` allows for
// all that is known here, the program is taken to know what it does.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Linearity/TaskPaths.h"
#include "Frontend/Linearity/Relevance.h"
#include "Frontend/Linearity/TaskLife.h"
#include "coro/abi.h"
#include "llvm/ADT/MapVector.h"
#include <deque>
#include <map>
#include <set>

using namespace clang;

namespace coro {

namespace {
/// A path, as the block it has come to and the path before that.
struct Node {
  unsigned Block;
  TaskState S;
  int Before;
  /// The node where it was started, for S.Started.
  int StartedIn;
  /// The branch taken from the block before; without a condition for none.
  TaskProblem::Branch Branch;
};

class Search final : TaskLife {
  const CFG &Graph;
  GraphFacts &Known;
  const Relevance &Relevant;
  int64_t Bound;
  size_t Limit;

  std::deque<Node> Nodes;
  int Current = 0;
  /// States that a block was come to with.
  std::map<unsigned, std::set<std::vector<int64_t>>> Seen;

  std::map<std::pair<int, SourceLocation>, TaskProblem> Problems;
  struct Use {
    bool Fine = false;
    std::optional<TaskProblem> Problem;
  };
  llvm::MapVector<const TaskEvent *, Use> FreshUses;

  void wrong(TaskProblem::Kind What, SourceLocation Where, llvm::StringRef Verb,
             const TaskState &S) override;
  void begun() override { Nodes[Current].StartedIn = Current; }
  void used(const TaskEvent &E, const TaskState &S, bool Fresh) override;
  TaskProblem describe(TaskProblem::Kind What, SourceLocation Where,
                       llvm::StringRef Verb, const TaskState &S) const;
  void execute(const CFGElement &Element, TaskState &S);
  void raiseFrom(const Stmt &From, TaskState S);
  void branch(const CFGBlock &Block, const TaskState &S);
  void go(const CFGBlock *To, TaskState S, TaskProblem::Branch Branch);

public:
  Search(const CFG &Graph, const TaskEvents &Events, const Place &Task,
         GraphFacts &Known, const Relevance &Relevant, int64_t Bound,
         size_t Limit)
      : TaskLife(Events, Task), Graph(Graph), Known(Known), Relevant(Relevant),
        Bound(Bound), Limit(Limit) {}
  /// False where there are too many paths.
  bool run();
  /// What is certain, once all paths were seen or not.
  std::vector<TaskProblem> problems(bool Complete) const;
};
} // namespace

TaskProblem Search::describe(TaskProblem::Kind What, SourceLocation Where,
                             llvm::StringRef Verb, const TaskState &S) const {
  TaskProblem P;
  P.What = What;
  P.Where = Where;
  P.Verb = Verb;
  P.Started = S.Started;
  P.Polled = S.Polled;
  P.Unseen = S.Unseen;
  P.Done = S.At == TaskPhase::Ran && !S.Facts.status().contains(CORO_PENDING) &&
           !S.Facts.status().contains(CORO_YIELDED);
  for (int At = Current; At >= 0 && At != Nodes[Current].StartedIn;
       At = Nodes[At].Before)
    if (Nodes[At].Branch.Condition)
      P.Path.insert(P.Path.begin(), Nodes[At].Branch);
  return P;
}

void Search::wrong(TaskProblem::Kind What, SourceLocation Where,
                   llvm::StringRef Verb, const TaskState &S) {
  Problems.try_emplace({What, Where}, describe(What, Where, Verb, S));
}

void Search::used(const TaskEvent &E, const TaskState &S, bool Fresh) {
  Use &U = FreshUses[&E];
  if (!Fresh)
    U.Fine = true;
  else if (!U.Problem)
    U.Problem =
        describe(TaskProblem::NotStarted, E.At->getExprLoc(), E.Verb, S);
}

/// Where a message about the end of a scope stands.
static SourceLocation endOf(const Stmt *Trigger) {
  if (!Trigger)
    return SourceLocation();
  if (isa<ReturnStmt, GotoStmt, BreakStmt, ContinueStmt>(Trigger))
    return Trigger->getBeginLoc();
  return Trigger->getEndLoc();
}

void Search::execute(const CFGElement &Element, TaskState &S) {
  if (auto End = Element.getAs<CFGLifetimeEnds>()) {
    if (End->getVarDecl() == Task.Root)
      leave(TaskProblem::Left, endOf(End->getTriggerStmt()), S);
    return;
  }
  auto Statement = Element.getAs<CFGStmt>();
  if (!Statement)
    return;
  if (const auto *Declaration = dyn_cast<DeclStmt>(Statement->getStmt())) {
    for (const Decl *D : Declaration->decls())
      if (const auto *Var = dyn_cast<VarDecl>(D)) {
        happenAt(Var, S);
        S.Facts.declare(*Var);
      }
    return;
  }
  happenAt(Statement->getStmt(), S);
  raiseFrom(*Statement->getStmt(), S);
  if (!Known.isBound(Statement->getStmt()))
    S.Facts.execute(*Statement->getStmt(), Bound);
}

void Search::go(const CFGBlock *To, TaskState S, TaskProblem::Branch Branch) {
  if (!To)
    return;
  unsigned Id = To->getBlockID();
  S.Facts.keepIf([&](KeyId Key) { return Relevant.asksFrom(Id, Key); });
  bool Unsure =
      Known.endsSome(Id) || Known.leavesLoopThatRuns(Nodes[Current].Block, Id);
  if (Unsure && S.At == TaskPhase::Started)
    S.At = TaskPhase::Away;
  if (Seen[Id].insert(S.encode()).second)
    Nodes.push_back(
        {Id, std::move(S), Current, Nodes[Current].StartedIn, Branch});
}

/// The path on which this statement raises.
void Search::raiseFrom(const Stmt &From, TaskState S) {
  std::optional<RaiseEdges::Edge> Edge = Known.raiseFrom(From, *Task.Root);
  if (!Edge)
    return;
  const auto &Call = cast<Expr>(From);
  raise(&From, S);
  if (Edge->Ends)
    leave(TaskProblem::Raised, Call.getExprLoc(), S);
  go(Edge->To, std::move(S), {&Call, true, nullptr, false, /*Raises=*/true});
}

void Search::branch(const CFGBlock &Block, const TaskState &S) {
  std::vector<GraphFacts::Edge> Edges = Known.edgesOf(Block);
  bool Matters = Relevant.branches(Block.getBlockID());
  for (const GraphFacts::Edge &E : Edges) {
    TaskState After(S);
    if (E.Condition && !(E.IsSwitch ? After.Facts.assume(E.Condition, E.Values)
                                    : After.Facts.assume(E.Condition, E.True)))
      continue;
    if (Matters)
      After.Unseen = false;
    go(E.To, std::move(After),
       {Matters ? E.Condition : nullptr, E.True, E.Label, E.IsSwitch});
  }
}

bool Search::run() {
  TaskState First(Known.keys());
  Nodes.push_back({Graph.getEntry().getBlockID(), First, -1, -1, {}});
  for (; Current < static_cast<int>(Nodes.size()); ++Current) {
    if (Nodes.size() > Limit)
      return false;
    const CFGBlock *Block = Known.block(Nodes[Current].Block);
    TaskState S = Nodes[Current].S;
    S.Facts.Block = Block->getBlockID();
    for (const CFGElement &Element : *Block)
      execute(Element, S);
    branch(*Block, S);
  }
  return true;
}

std::vector<TaskProblem> Search::problems(bool Complete) const {
  std::vector<TaskProblem> All;
  All.reserve(Problems.size());
  for (const auto &[Key, P] : Problems)
    All.push_back(P);
  for (const auto &[Event, U] : FreshUses)
    if (Complete && U.Problem && !U.Fine)
      All.push_back(*U.Problem);
  return All;
}

std::vector<TaskProblem> checkTaskPaths(ASTContext &Context, CFG &Graph,
                                        const RaiseEdges &Raises,
                                        const TaskEvents &Events,
                                        const Place &Task) {
  GraphFacts Known(Context, Graph, Raises, Events, Task);
  Relevance Relevant(Graph, Known, Events, Task);
  // Roughly first; what is found is looked at again more closely, since a loop
  // that is not followed far enough allows paths that do not exist.
  struct {
    int64_t Bound;
    size_t Limit;
  } const Rounds[] = {{2, 20000}, {40, 60000}};
  std::vector<TaskProblem> Found;
  for (const auto &Round : Rounds) {
    Search S(Graph, Events, Task, Known, Relevant, Round.Bound, Round.Limit);
    bool Complete = S.run();
    Found = S.problems(Complete);
    if (Complete && Found.empty())
      break;
  }
  return Found;
}

} // namespace coro
