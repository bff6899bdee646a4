//===-- CheckLinearity.cpp - Started tasks are owed -----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A local task that was started must be finished, cancelled or handed over on
// every path before its scope ends. TaskEvents says what the function does to
// its tasks, TaskPaths follows each of them; here the tasks are found, and what
// is wrong with them is said.
//
// Only functions that have a variable with a task in it are looked at, once
// nothing else is wrong with them. Not followed, so never reported: tasks in
// parameters, static variables, unions and memory behind pointers; those that
// the header itself declares.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Checks.h"
#include "Frontend/Effects/Effects.h"
#include "Frontend/Linearity/TaskPaths.h"
#include "Frontend/Report.h"
#include "Frontend/Tasks/TaskTypes.h"
#include "clang/AST/ASTContext.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace coro {

/// Where one index of an array is not known, none is.
static void forgetIndices(std::vector<Place> &Tasks) {
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (Place &One : Tasks)
      for (const Place &Other : Tasks)
        for (size_t I = 0; I < One.Path.size(); ++I) {
          Place Before{One.Root, {One.Path.begin(), One.Path.begin() + I}};
          if (One.Path[I].Field || !Before.covers(Other) ||
              Other.Path.size() <= I || Other.Path[I].Field ||
              Other.Path[I].Index != Place::AnyIndex ||
              One.Path[I].Index == Place::AnyIndex)
            continue;
          One.Path[I].Index = Place::AnyIndex;
          Changed = true;
        }
  }
}

/// The tasks that the events speak of, in the order in which they do.
static std::vector<Place> tasksIn(const TaskEvents &Events) {
  std::vector<Place> Tasks;
  for (const TaskEvent &E : Events.All)
    if (std::optional<Place> Task = taskAround(E.Where);
        Task && !Task->isInUnion() && !isOfHeader(*Task->Root))
      Tasks.push_back(*Task);
  forgetIndices(Tasks);
  std::vector<Place> Each;
  for (const Place &Task : Tasks)
    if (!llvm::is_contained(Each, Task))
      Each.push_back(Task);
  return Each;
}

namespace {
class Reporter {
  Unit &U;
  const Place &Task;
  const TaskProblem &P;

  void note(SourceLocation Where, DiagID ID,
            llvm::ArrayRef<std::string> Arguments) {
    report(U.CI.getDiagnostics(), Where, ID, Arguments);
  }
  void error(DiagID ID, llvm::ArrayRef<std::string> Arguments) {
    report(U.CI.getDiagnostics(), P.Where, ID, Arguments);
  }
  std::string known() const;
  std::string text(const Stmt &S) const;
  void sayProblem();
  void sayBranch(const TaskProblem::Branch &B);

public:
  Reporter(Unit &U, const Place &Task, const TaskProblem &P)
      : U(U), Task(Task), P(P) {}
  void run();
};
} // namespace

/// The source of an expression in one line.
std::string Reporter::text(const Stmt &S) const {
  const SourceManager &SM = U.CI.getSourceManager();
  CharSourceRange Range = SM.getExpansionRange(S.getSourceRange());
  llvm::StringRef Text = Lexer::getSourceText(Range, SM, U.CI.getLangOpts());
  std::string Line;
  for (char C : Text) {
    if (!isWhitespace(C))
      Line += C;
    else if (!Line.empty() && Line.back() != ' ')
      Line += ' ';
  }
  constexpr size_t Longest = 60;
  if (Line.size() > Longest)
    Line = Line.substr(0, Longest - 3) + "...";
  return Line;
}

std::string Reporter::known() const {
  if (!P.Polled)
    return "it was started and never ran";
  if (P.Unseen)
    return "nobody looked at the status of its last poll";
  return P.Done ? "its last poll said that it is done"
                : "its last poll said that it is not done";
}

void Reporter::sayProblem() {
  std::string Name = Task.print();
  switch (P.What) {
  case TaskProblem::Left:
    error(effectsOf(*taskFunction(typeOf(Task))).isGenerator()
              ? DiagID::GeneratorLeft
              : DiagID::TaskLeft,
          {Name, known()});
    break;
  case TaskProblem::Raised:
    error(DiagID::TaskLeftByRaise, {Name, known()});
    break;
  case TaskProblem::Moved:
    error(DiagID::TaskMoved, {Name});
    break;
  case TaskProblem::Restarted:
    error(
        DiagID::TaskRestarted,
        {Name, P.Verb == "started" ? "started again" : P.Verb.str(), known()});
    break;
  case TaskProblem::NotStarted:
    if (P.Verb == "result" || P.Verb == "yielded" || P.Verb == "error")
      error(DiagID::TaskNotStarted, {Name, "'" + P.Verb.str() + "' is read"});
    else
      error(DiagID::TaskNotStarted, {Name, "it is " + P.Verb.str()});
    break;
  case TaskProblem::NotReady:
    error(DiagID::TaskNotReady, {Name, P.Verb.str(), known(),
                                 P.Verb == "yielded" ? "CORO_YIELDED"
                                 : P.Verb == "error" ? "CORO_RAISED"
                                                     : "CORO_DONE"});
    break;
  case TaskProblem::CancelledTwice:
    error(DiagID::TaskCancelledTwice, {Name});
    break;
  }
}

void Reporter::sayBranch(const TaskProblem::Branch &B) {
  std::string Condition = text(*B.Condition);
  SourceLocation Where = B.Condition->getBeginLoc();
  if (B.Raises)
    return note(Where, DiagID::PathRaises, {Condition});
  if (!B.IsSwitch)
    return note(Where, DiagID::PathBranch,
                {Condition, B.True ? "true" : "false"});
  const auto *Case = dyn_cast_or_null<CaseStmt>(B.Label);
  if (Case)
    note(Case->getBeginLoc(), DiagID::PathBranch,
         {Condition, text(*Case->getLHS())});
  else
    note(Where, DiagID::PathNoCase, {Condition});
}

void Reporter::run() {
  sayProblem();
  if (!P.Started) {
    note(Task.Root->getLocation(), DiagID::DeclaredHere,
         {Task.Root->getNameAsString()});
    return;
  }
  std::string Name = Task.print();
  note(P.Started->getExprLoc(), DiagID::TaskStarted, {Name});
  // The last few tell the way out; of a loop, the last time.
  constexpr size_t Most = 6;
  std::vector<TaskProblem::Branch> Path;
  for (const TaskProblem::Branch &B : llvm::reverse(P.Path))
    if (llvm::none_of(Path,
                      [&B](const TaskProblem::Branch &Later) {
                        return Later.Condition == B.Condition;
                      }) &&
        Path.size() < Most)
      Path.push_back(B);
  for (const TaskProblem::Branch &B : llvm::reverse(Path))
    sayBranch(B);
}

static void checkTasks(Unit &U, const FunctionDecl &F) {
  ASTContext &Context = U.CI.getASTContext();
  TaskEvents Events;
  if (!findTaskEvents(Context, *F.getBody(), Events))
    return;
  std::vector<Place> Tasks = tasksIn(Events);
  if (Tasks.empty())
    return;
  CFG::BuildOptions Build;
  Build.AddLifetime = true;
  Build.setAllAlwaysAdd();
  std::unique_ptr<CFG> Graph = CFG::buildCFG(&F, F.getBody(), &Context, Build);
  // Where it would take long, nothing is said.
  constexpr unsigned Largest = 3000;
  if (!Graph || Graph->getNumBlockIDs() > Largest)
    return;
  RaiseEdges Raises(F, *Graph);
  std::vector<std::pair<const Place *, TaskProblem>> Found;
  for (const Place &Task : Tasks)
    for (TaskProblem &P : checkTaskPaths(Context, *Graph, Raises, Events, Task))
      Found.push_back({&Task, std::move(P)});
  const SourceManager &SM = U.CI.getSourceManager();
  llvm::stable_sort(Found, [&SM](const auto &A, const auto &B) {
    return SM.isBeforeInTranslationUnit(A.second.Where, B.second.Where);
  });
  for (const auto &[Task, Problem] : Found)
    Reporter(U, *Task, Problem).run();
}

void checkLinearity(Unit &U, const FunctionDecl &F) {
  if (U.ByName.empty() || !F.doesThisDeclarationHaveABody())
    return;
  bool HasTask = llvm::any_of(F.decls(), [](const Decl *D) {
    const auto *Var = dyn_cast<VarDecl>(D);
    return Var && !isa<ParmVarDecl>(Var) && Var->hasLocalStorage() &&
           holdsTask(Var->getType());
  });
  if (HasTask)
    checkTasks(U, F);
}

} // namespace coro
