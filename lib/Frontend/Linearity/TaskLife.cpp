//===-- TaskLife.cpp - What happens to one task, step by step -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//            coro_start        poll, next, wait, join, race
//    Fresh ------------> Started -----------------------> Ran: by its status
//                           |                               owed, or done
//                           | its address is taken            |
//                           +------------> Away <-------------+
//                           | coro_cancel                     |
//                           +----------> Cancelled <----------+
//
// What is owed may not be left, copied, started again or overwritten. A status
// that nobody looked at, with no branch taken since, is one that may be owed;
// one that was looked at in ways that are not followed is not.
//
// Elements of an array with an index that is no constant are one task here,
// which stays Started from the first coro_start to anything that may end it.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Linearity/TaskLife.h"
#include "Frontend/Effects/Effects.h"
#include "Frontend/Tasks/TaskTypes.h"
#include "coro/abi.h"
#include "clang/AST/Attr.h"

using namespace clang;

namespace coro {

using Kind = TaskEventKind;

bool TaskState::owed() const {
  if (At == TaskPhase::Started)
    return true;
  if (At != TaskPhase::Ran)
    return false;
  const ValueRange &Status = Facts.status();
  bool Open = Status.contains(CORO_PENDING) || Status.contains(CORO_YIELDED);
  return Open && (Unseen || !Status.contains(CORO_DONE));
}

std::vector<int64_t> TaskState::encode() const {
  auto number = [](const void *P) {
    return static_cast<int64_t>(reinterpret_cast<intptr_t>(P));
  };
  std::vector<int64_t> Code = {static_cast<int64_t>(At), number(Started),
                               number(Polled), Unseen};
  Facts.encode(Code);
  return Code;
}

/// The statuses that a poll of the function's tasks may give.
static ValueRange possibleStatuses(const FunctionDecl &F) {
  EffectSet Effects = effectsOf(F);
  ValueRange Possible(CORO_DONE, CORO_CANCELLED);
  auto without = [&Possible](int Status) {
    Possible = Possible.intersect(ValueRange::only(Status).complement());
  };
  if (!Effects.Waits && Effects.YieldsAs.empty())
    without(CORO_PENDING);
  if (!Effects.isGenerator())
    without(CORO_YIELDED);
  if (!Effects.raises() && Effects.RaisesAs.empty())
    without(CORO_RAISED);
  return Possible;
}

TaskLife::TaskLife(const TaskEvents &Events, const Place &Task)
    : Events(Events), Task(Task), Summary(Task.hasAnyIndex()),
      Possible(possibleStatuses(*taskFunction(typeOf(Task)))) {
  // Only who cancels a task sees that status of it.
  if (llvm::none_of(Events.All, [&](const TaskEvent &E) {
        return (E.Kind == Kind::Cancel || E.Kind == Kind::Request) &&
               E.Where.overlaps(Task);
      }))
    Possible = Possible.intersect(ValueRange(CORO_DONE, CORO_RAISED));
}

void TaskLife::problem(TaskProblem::Kind What, SourceLocation Where,
                       llvm::StringRef Verb, TaskState &S) {
  wrong(What, Where, Verb, S);
  S.At = TaskPhase::Reported;
}

/// A use of a task that was not started is wrong for certain where every path
/// to it says so; that is for the search to know.
bool TaskLife::usesFresh(const TaskEvent &E, TaskState &S) {
  if (S.At == TaskPhase::Reported)
    return false;
  bool Fresh = S.At == TaskPhase::Fresh;
  used(E, S, Fresh);
  if (Fresh)
    S.At = TaskPhase::Reported;
  return Fresh;
}

void TaskLife::start(const TaskEvent &E, TaskState &S) {
  if (S.At == TaskPhase::Away || S.At == TaskPhase::Reported)
    return;
  if (!Summary && S.owed()) {
    problem(TaskProblem::Restarted, E.At->getExprLoc(), E.Verb, S);
    return;
  }
  S.At = TaskPhase::Started;
  S.Started = E.At;
  S.Polled = nullptr;
  S.Unseen = false;
  begun();
}

/// A poll, a wait, a cancellation.
void TaskLife::run(const TaskEvent &E, TaskState &S) {
  if (usesFresh(E, S))
    return;
  if (S.At == TaskPhase::Cancelled && E.Kind == Kind::Cancel && !Summary) {
    problem(TaskProblem::CancelledTwice, E.At->getExprLoc(), E.Verb, S);
    return;
  }
  if (S.At != TaskPhase::Started && S.At != TaskPhase::Ran)
    return;
  if (Summary) {
    S.At = TaskPhase::Away; // which of the elements?
    return;
  }
  if (E.Kind == Kind::Cancel) {
    S.At = TaskPhase::Cancelled;
    return;
  }
  bool Over =
      S.At == TaskPhase::Ran && S.Facts.status() == ValueRange::only(CORO_DONE);
  bool Finishes =
      E.Kind == Kind::Finish || (E.Kind == Kind::FinishOne && !E.Among);
  S.At = TaskPhase::Ran;
  S.Polled = E.At;
  S.Unseen = E.Discarded && !Over;
  ValueRange Now = Possible;
  if (Over)
    Now = ValueRange::only(CORO_DONE); // it says so again
  else if (Finishes)
    Now = Now.intersect(ValueRange(CORO_PENDING, CORO_YIELDED).complement());
  else if (E.Kind == Kind::Next)
    Now = Now.intersect(ValueRange::only(CORO_PENDING).complement());
  bool HasValue = E.Kind == Kind::Poll || E.Kind == Kind::Next;
  S.Facts.newStatus(HasValue ? E.At : nullptr, E.Kind == Kind::Next, Now);
}

void TaskLife::handOver(const TaskEvent &E, TaskState &S) {
  // Erasing comes before starting in some programs; never starting it at all
  // is another thing.
  bool NeverStarted = llvm::none_of(Events.All, [&](const TaskEvent &Other) {
    return (Other.Kind == Kind::Start || Other.Kind == Kind::HandOver ||
            Other.Kind == Kind::Overwrite) &&
           &Other != &E && Other.Where.overlaps(Task);
  });
  if (E.Verb == "erased" && NeverStarted && usesFresh(E, S))
    return;
  if (S.At != TaskPhase::Reported)
    S.At = TaskPhase::Away;
}

static std::optional<int> statusOf(llvm::StringRef Member) {
  return Member == "yielded" ? CORO_YIELDED
         : Member == "error" ? CORO_RAISED
                             : CORO_DONE;
}

void TaskLife::read(const TaskEvent &E, TaskState &S) {
  if (usesFresh(E, S))
    return;
  ValueRange Valid = ValueRange::only(*statusOf(E.Verb));
  bool Wrong =
      S.At == TaskPhase::Started ||
      (S.At == TaskPhase::Ran && S.Facts.status().intersect(Valid).empty());
  if (Wrong) {
    problem(TaskProblem::NotReady, E.At->getExprLoc(), E.Verb, S);
  } else if (S.At == TaskPhase::Ran) {
    // Who reads it knows.
    S.Facts.narrowStatus(Valid);
    S.Unseen = false;
  }
}

void TaskLife::copy(const TaskEvent &E, TaskState &S) {
  if (Summary && S.At != TaskPhase::Fresh)
    S.At = TaskPhase::Away; // which of the elements?
  else if (S.owed())
    problem(TaskProblem::Moved, E.At->getExprLoc(), E.Verb, S);
}

/// Something else is put where the task is.
void TaskLife::store(const TaskEvent &E, TaskState &S) {
  if (S.At == TaskPhase::Away || S.At == TaskPhase::Reported)
    return;
  if (E.Kind == Kind::Clear) {
    if (S.At != TaskPhase::Fresh)
      S.At = TaskPhase::Unknown;
  } else if (!Summary && S.owed()) {
    problem(TaskProblem::Restarted, E.At->getExprLoc(), E.Verb, S);
  } else {
    S.At = TaskPhase::Unknown;
  }
}

void TaskLife::happen(const TaskEvent &E, TaskState &S) {
  switch (E.Kind) {
  case Kind::Declare:
    S.At = TaskPhase::Fresh;
    return;
  case Kind::Start:
    return start(E, S);
  case Kind::Poll:
  case Kind::Next:
  case Kind::Finish:
  case Kind::FinishOne:
  case Kind::Cancel:
    return run(E, S);
  case Kind::Request:
    usesFresh(E, S);
    return;
  case Kind::Describe:
    return;
  case Kind::HandOver:
    return handOver(E, S);
  case Kind::Copy:
    return copy(E, S);
  case Kind::Overwrite:
  case Kind::Clear:
    return store(E, S);
  case Kind::Read:
    return read(E, S);
  }
}

void TaskLife::happenAt(const void *Node, TaskState &S) {
  for (unsigned Index : Events.at(Node))
    if (Events.All[Index].Where.overlaps(Task))
      happen(Events.All[Index], S);
}

void TaskLife::raise(const void *Node, TaskState &S) const {
  S.Unseen = false;
  for (unsigned Index : Events.at(Node)) {
    const TaskEvent &E = Events.All[Index];
    // One that has raised is over, and its coro_join ends the others.
    if (S.At == TaskPhase::Ran && E.Where.overlaps(Task) &&
        (E.Kind == Kind::Finish || E.Kind == Kind::Next))
      S.Facts.newStatus(nullptr, false, ValueRange::only(CORO_RAISED));
  }
}

void TaskLife::leave(TaskProblem::Kind How, SourceLocation Where,
                     TaskState &S) {
  if (S.owed() && !Task.Root->hasAttr<CleanupAttr>())
    problem(How, Where, "", S);
  S.At = TaskPhase::Fresh;
}

} // namespace coro
