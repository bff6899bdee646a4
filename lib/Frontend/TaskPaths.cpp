//===-- TaskPaths.cpp - The life of one task on every path ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Follows one task through the graph of a function, path by path. A task is
//
//   Fresh      nothing is started in it
//   Started    coro_start bound a call, which is owed from now on
//   Ran        it was polled; the facts of the path know the status, and with
//              it whether it is still owed
//   Cancelled
//   Unknown    something else was stored there
//   Away       handed over: somebody else's from now on
//
// Two paths that come to a block with the same state and the same facts are one
// from there. The search is breadth first, so that a problem is found on a
// short path. It reports what is certain on a path, and where it cannot tell
// (a status that was looked at in ways it does not follow, an element of an
// array that is not known) it says nothing; nor where the paths are too many.
//
// Elements of an array with an index that is no constant are one task here,
// which stays Started from the first coro_start to anything that may end it; a
// loop that may end some of its elements is taken to end all.
//
//===----------------------------------------------------------------------===//

#include "Frontend/TaskPaths.h"
#include "Frontend/GraphFacts.h"
#include "Frontend/PathFacts.h"
#include "coro/abi.h"
#include "clang/AST/Attr.h"
#include <deque>
#include <map>
#include <set>

using namespace clang;

namespace coro {

using Kind = TaskEventKind;

namespace {
enum class Phase { Fresh, Started, Ran, Cancelled, Unknown, Away, Reported };

struct State {
  Phase At = Phase::Fresh;
  const Expr *Started = nullptr, *Polled = nullptr;
  /// Nobody looked at the status, and no branch was taken since.
  bool Unseen = false;
  PathFacts Facts;

  explicit State(Keys &All) : Facts(All) {}
  std::vector<int64_t> encode() const;
};

/// A path, as the block it has come to and the path before that.
struct Node {
  unsigned Block;
  State S;
  int Before;
  /// The node where it was started, for S.Started.
  int StartedIn;
  /// The branch taken from the block before; without a condition for none.
  TaskProblem::Branch Branch;
};

class Search {
  const CFG &Graph;
  const TaskEvents &Events;
  const Place &Task;
  GraphFacts &Known;
  int64_t Bound;
  size_t Limit;

  bool Summary, CleanedUp;
  ValueRange Possible;
  std::deque<Node> Nodes;
  std::map<unsigned, std::set<std::vector<int64_t>>> Seen;
  int Current = 0;

  std::map<std::pair<int, SourceLocation>, TaskProblem> Problems;
  struct Use {
    bool Fine = false;
    std::optional<TaskProblem> Problem;
  };
  std::map<const TaskEvent *, Use> FreshUses;

  bool owed(const State &S) const;
  void problem(TaskProblem::Kind What, SourceLocation Where,
               llvm::StringRef Verb, State &S);
  TaskProblem describe(TaskProblem::Kind What, SourceLocation Where,
                       llvm::StringRef Verb, const State &S) const;
  bool usesFresh(const TaskEvent &E, State &S);
  void start(const TaskEvent &E, State &S);
  void run(const TaskEvent &E, State &S);
  void handOver(const TaskEvent &E, State &S);
  void read(const TaskEvent &E, State &S);
  void store(const TaskEvent &E, State &S);
  void happen(const TaskEvent &E, State &S);
  void happenAt(const void *Node, State &S);
  void execute(const CFGElement &Element, State &S);
  void leave(const CFGLifetimeEnds &End, State &S);
  void branch(const CFGBlock &Block, const State &S);
  void go(const CFGBlock *To, State S, TaskProblem::Branch Branch);

public:
  Search(const CFG &Graph, const TaskEvents &Events, const Place &Task,
         GraphFacts &Known, int64_t Bound, size_t Limit);
  /// False where there are too many paths.
  bool run();
  std::vector<TaskProblem> problems() const;
};
} // namespace

std::vector<int64_t> State::encode() const {
  auto number = [](const void *P) {
    return static_cast<int64_t>(reinterpret_cast<intptr_t>(P));
  };
  std::vector<int64_t> Code = {static_cast<int64_t>(At), number(Started),
                               number(Polled), Unseen};
  Facts.encode(Code);
  return Code;
}

/// The statuses that a poll of the task may give.
static ValueRange possibleStatuses(QualType Task) {
  const RecordDecl *Record = Task->getAsRecordDecl()->getDefinition();
  auto has = [Record](llvm::StringRef Member) {
    return !Record->lookup(&Record->getASTContext().Idents.get(Member)).empty();
  };
  ValueRange Possible(CORO_DONE, CORO_CANCELLED);
  auto without = [&Possible](int Status) {
    Possible = Possible.intersect(ValueRange::only(Status).complement());
  };
  if (!has("yielded"))
    without(CORO_YIELDED);
  if (!has("error"))
    without(CORO_RAISED);
  return Possible;
}

Search::Search(const CFG &Graph, const TaskEvents &Events, const Place &Task,
               GraphFacts &Known, int64_t Bound, size_t Limit)
    : Graph(Graph), Events(Events), Task(Task), Known(Known), Bound(Bound),
      Limit(Limit), Summary(Task.hasAnyIndex()),
      CleanedUp(Task.Root->hasAttr<CleanupAttr>()),
      Possible(possibleStatuses(typeOf(Task))) {
  // Only who cancels a task sees that status of it.
  if (llvm::none_of(Events.All, [&](const TaskEvent &E) {
        return E.Kind == Kind::Cancel && E.Where.overlaps(Task);
      }))
    Possible = Possible.intersect(ValueRange(CORO_DONE, CORO_RAISED));
}

bool Search::owed(const State &S) const {
  if (S.At == Phase::Started)
    return true;
  if (S.At != Phase::Ran)
    return false;
  const ValueRange &Status = S.Facts.status();
  bool Open = Status.contains(CORO_PENDING) || Status.contains(CORO_YIELDED);
  return Open && (S.Unseen || !Status.contains(CORO_DONE));
}

TaskProblem Search::describe(TaskProblem::Kind What, SourceLocation Where,
                             llvm::StringRef Verb, const State &S) const {
  TaskProblem P{What,     Where,    Verb, S.Started,
                S.Polled, S.Unseen, {}};
  for (int At = Current; At >= 0 && At != Nodes[Current].StartedIn;
       At = Nodes[At].Before)
    if (Nodes[At].Branch.Condition)
      P.Path.insert(P.Path.begin(), Nodes[At].Branch);
  return P;
}

void Search::problem(TaskProblem::Kind What, SourceLocation Where,
                     llvm::StringRef Verb, State &S) {
  Problems.try_emplace({What, Where}, describe(What, Where, Verb, S));
  S.At = Phase::Reported;
}

/// A use of a task that was not started is wrong for certain where every path
/// to it says so.
bool Search::usesFresh(const TaskEvent &E, State &S) {
  Use &U = FreshUses[&E];
  if (S.At != Phase::Fresh) {
    U.Fine |= S.At != Phase::Reported;
    return false;
  }
  if (!U.Problem)
    U.Problem = describe(TaskProblem::NotStarted, E.At->getExprLoc(), E.Verb, S);
  S.At = Phase::Reported;
  return true;
}

void Search::start(const TaskEvent &E, State &S) {
  if (S.At == Phase::Away || S.At == Phase::Reported)
    return;
  if (!Summary && owed(S)) {
    problem(TaskProblem::Restarted, E.At->getExprLoc(), E.Verb, S);
    return;
  }
  S.At = Phase::Started;
  S.Started = E.At;
  S.Polled = nullptr;
  S.Unseen = false;
  Nodes[Current].StartedIn = Current;
}

/// A poll, a wait, a cancellation.
void Search::run(const TaskEvent &E, State &S) {
  if (usesFresh(E, S))
    return;
  if (S.At == Phase::Cancelled && E.Kind == Kind::Cancel && !Summary) {
    problem(TaskProblem::CancelledTwice, E.At->getExprLoc(), E.Verb, S);
    return;
  }
  if (S.At != Phase::Started && S.At != Phase::Ran)
    return;
  if (Summary) {
    S.At = Phase::Away; // which of the elements?
    return;
  }
  if (E.Kind == Kind::Cancel) {
    S.At = Phase::Cancelled;
    return;
  }
  bool Over = S.At == Phase::Ran &&
              S.Facts.status() == ValueRange::only(CORO_DONE);
  bool Finishes =
      E.Kind == Kind::Finish || (E.Kind == Kind::FinishOne && !E.Among);
  S.At = Phase::Ran;
  S.Polled = E.At;
  S.Unseen = E.Discarded && !Over;
  ValueRange Now = Possible;
  if (Over)
    Now = ValueRange::only(CORO_DONE); // it says so again
  else if (Finishes)
    Now = Now.intersect(ValueRange(CORO_PENDING, CORO_YIELDED).complement());
  bool HasValue = E.Kind == Kind::Poll || E.Kind == Kind::Next;
  S.Facts.newStatus(HasValue ? E.At : nullptr, E.Kind == Kind::Next, Now);
}

void Search::handOver(const TaskEvent &E, State &S) {
  // Erasing comes before starting in some programs; never starting it at all
  // is another thing.
  bool NeverStarted = llvm::none_of(Events.All, [&](const TaskEvent &Other) {
    return (Other.Kind == Kind::Start || Other.Kind == Kind::HandOver ||
            Other.Kind == Kind::Overwrite) &&
           &Other != &E && Other.Where.overlaps(Task);
  });
  if (E.Verb == "erased" && NeverStarted && usesFresh(E, S))
    return;
  if (S.At != Phase::Reported)
    S.At = Phase::Away;
}

static std::optional<int> statusOf(llvm::StringRef Member) {
  return Member == "yielded" ? CORO_YIELDED
         : Member == "error" ? CORO_RAISED
                             : CORO_DONE;
}

void Search::read(const TaskEvent &E, State &S) {
  if (usesFresh(E, S))
    return;
  ValueRange Valid = ValueRange::only(*statusOf(E.Verb));
  bool Wrong = S.At == Phase::Started ||
               (S.At == Phase::Ran &&
                S.Facts.status().intersect(Valid).empty());
  if (Wrong) {
    problem(TaskProblem::NotReady, E.At->getExprLoc(), E.Verb, S);
  } else if (S.At == Phase::Ran) {
    // Who reads it knows.
    S.Facts.narrowStatus(Valid);
    S.Unseen = false;
  }
}

/// Something else is put where the task is.
void Search::store(const TaskEvent &E, State &S) {
  if (S.At == Phase::Away || S.At == Phase::Reported)
    return;
  if (E.Kind == Kind::Clear) {
    if (S.At != Phase::Fresh)
      S.At = Phase::Unknown;
  } else if (!Summary && owed(S)) {
    problem(TaskProblem::Restarted, E.At->getExprLoc(), E.Verb, S);
  } else {
    S.At = Phase::Unknown;
  }
}

void Search::happen(const TaskEvent &E, State &S) {
  switch (E.Kind) {
  case Kind::Declare:
    S.At = Phase::Fresh;
    return;
  case Kind::Start:
    return start(E, S);
  case Kind::Poll:
  case Kind::Next:
  case Kind::Finish:
  case Kind::FinishOne:
  case Kind::Cancel:
    return run(E, S);
  case Kind::Describe:
    return;
  case Kind::HandOver:
    return handOver(E, S);
  case Kind::Copy:
    if (Summary && S.At != Phase::Fresh)
      S.At = Phase::Away;
    else if (owed(S))
      problem(TaskProblem::Moved, E.At->getExprLoc(), E.Verb, S);
    return;
  case Kind::Overwrite:
  case Kind::Clear:
    return store(E, S);
  case Kind::Read:
    return read(E, S);
  }
}

void Search::happenAt(const void *Node, State &S) {
  for (unsigned Index : Events.at(Node))
    if (Events.All[Index].Where.overlaps(Task))
      happen(Events.All[Index], S);
}

static SourceLocation endOf(const Stmt *Trigger) {
  if (!Trigger)
    return SourceLocation();
  if (isa<ReturnStmt, GotoStmt, BreakStmt, ContinueStmt>(Trigger))
    return Trigger->getBeginLoc();
  return Trigger->getEndLoc();
}

void Search::leave(const CFGLifetimeEnds &End, State &S) {
  if (End.getVarDecl() != Task.Root)
    return;
  if (owed(S) && !CleanedUp)
    problem(TaskProblem::Left, endOf(End.getTriggerStmt()), "", S);
  S.At = Phase::Fresh;
}

void Search::execute(const CFGElement &Element, State &S) {
  if (auto End = Element.getAs<CFGLifetimeEnds>())
    return leave(*End, S);
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
  if (!Known.isBound(Statement->getStmt()))
    S.Facts.execute(*Statement->getStmt(), Bound);
}

void Search::go(const CFGBlock *To, State S, TaskProblem::Branch Branch) {
  if (!To)
    return;
  unsigned Id = To->getBlockID();
  S.Facts.keepIf([&](KeyId Key) { return Known.isAskedFrom(Id, Key); });
  if (Known.endsSome(Id) && S.At == Phase::Started)
    S.At = Phase::Away;
  if (Seen[Id].insert(S.encode()).second)
    Nodes.push_back({Id, std::move(S), Current, Nodes[Current].StartedIn,
                     Branch});
}

void Search::branch(const CFGBlock &Block, const State &S) {
  std::vector<GraphFacts::Edge> Edges = Known.edgesOf(Block);
  for (const GraphFacts::Edge &E : Edges) {
    State After(S);
    if (E.Condition && !(E.IsSwitch ? After.Facts.assume(E.Condition, E.Values)
                                    : After.Facts.assume(E.Condition, E.True)))
      continue;
    bool Branches = Edges.size() > 1;
    if (Branches)
      After.Unseen = false;
    go(E.To, std::move(After),
       {Branches ? E.Condition : nullptr, E.True, E.Label, E.IsSwitch});
  }
}

bool Search::run() {
  State First(Known.keys());
  Nodes.push_back({Graph.getEntry().getBlockID(), First, -1, -1, {}});
  for (; Current < static_cast<int>(Nodes.size()); ++Current) {
    if (Nodes.size() > Limit)
      return false;
    const CFGBlock *Block = Known.block(Nodes[Current].Block);
    State S = Nodes[Current].S;
    S.Facts.Block = Block->getBlockID();
    for (const CFGElement &Element : *Block)
      execute(Element, S);
    branch(*Block, S);
  }
  return true;
}

std::vector<TaskProblem> Search::problems() const {
  std::vector<TaskProblem> All;
  for (const auto &[Key, P] : Problems)
    All.push_back(P);
  for (const auto &[Event, U] : FreshUses)
    if (U.Problem && !U.Fine)
      All.push_back(*U.Problem);
  return All;
}

std::vector<TaskProblem> checkTaskPaths(ASTContext &Context, const CFG &Graph,
                                        const TaskEvents &Events,
                                        const Place &Task) {
  GraphFacts Known(Context, Graph, Events, Task);
  // Roughly first; what is found is looked at again more closely, since a loop
  // that is not followed far enough allows paths that do not exist.
  struct {
    int64_t Bound;
    size_t Limit;
  } const Rounds[] = {{2, 20000}, {40, 60000}};
  std::vector<TaskProblem> Found;
  for (const auto &Round : Rounds) {
    Search S(Graph, Events, Task, Known, Round.Bound, Round.Limit);
    if (!S.run())
      return {};
    Found = S.problems();
    if (Found.empty())
      break;
  }
  return Found;
}

} // namespace coro
