//===-- CheckSends.cpp - Tasks that go to another thread ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A task goes to another thread where it is an argument for a parameter that
// says coro_sends, or for the last one of pthread_create or thrd_create: by the
// address of the task or of something it is in, or as a coro_any_task made from
// it, at once or in a variable. What it was started with is known where that
// happened in the same function. What coro_offload is given goes there too.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Checks.h"
#include "Frontend/Effects/PointerEffects.h"
#include "Frontend/EvaluatedVisitor.h"
#include "Frontend/Report.h"
#include "Frontend/Tasks/TaskTypes.h"
#include "Frontend/Warnings/TaskHolds.h"
#include "Frontend/Warnings/ThreadFacts.h"
#include "Frontend/Warnings/Warnings.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/SetVector.h"

using namespace clang;

namespace coro {

static bool startsThread(const FunctionDecl &F) {
  return F.getIdentifier() &&
         (F.getName() == "pthread_create" || F.getName() == "thrd_create");
}

bool handsOver(const FunctionDecl &F) {
  return startsThread(F) || any_of(F.parameters(), [](const ParmVarDecl *P) {
           return sendsArgument(*P);
         });
}

namespace {
/// A task that an expression leads to: its function, and the variable it is in
/// or the coro_new that makes it.
struct TaskIn {
  const FunctionDecl *F;
  const VarDecl *Variable;
  const CallExpr *New;
  bool operator==(const TaskIn &Other) const {
    return F == Other.F && Variable == Other.Variable && New == Other.New;
  }
};

} // namespace

/// The marker that a call goes through, as in ((type)marker(..., f))(...),
/// where it has that name.
static const CallExpr *markerOf(const CallExpr &Call, llvm::StringRef Name) {
  const auto *Inner = dyn_cast<CallExpr>(Call.getCallee()->IgnoreParenCasts());
  const FunctionDecl *Marker = Inner ? Inner->getDirectCallee() : nullptr;
  return Marker && Marker->getIdentifier() && Marker->getName() == Name
             ? Inner
             : nullptr;
}

namespace {
/// The tasks in an expression.
class TaskFinder : public EvaluatedVisitor<TaskFinder> {
  const ASTContext &Context;

  void addType(QualType T, const VarDecl *Variable, unsigned Depth = 0) {
    T = T.getCanonicalType();
    while (T->isArrayType())
      T = T->getAsArrayTypeUnsafe()->getElementType().getCanonicalType();
    const RecordDecl *Record = T->getAsRecordDecl();
    if (!Record || Depth > 8)
      return;
    if (const FunctionDecl *F = taskFunction(*Record))
      return add(F, Variable, nullptr);
    Record = Record->getDefinition();
    if (!Record)
      return;
    for (const FieldDecl *Field : Record->fields())
      addType(Field->getType(), Variable, Depth + 1);
  }
  void add(const FunctionDecl *F, const VarDecl *Variable,
           const CallExpr *New) {
    const FunctionDecl *Definition = nullptr;
    TaskIn Found{F->hasBody(Definition) ? Definition : F, Variable, New};
    if (!llvm::is_contained(Tasks, Found))
      Tasks.push_back(Found);
  }

public:
  llvm::SmallVector<TaskIn, 4> Tasks;

  explicit TaskFinder(const ASTContext &Context)
      : EvaluatedVisitor(Context), Context(Context) {}

  bool VisitCallExpr(CallExpr *Call) {
    const CallExpr *Marker = markerOf(*Call, "__coro_new");
    if (!Marker)
      return true;
    const Expr &Named = *Marker->getArg(Marker->getNumArgs() - 1);
    if (const auto *F = dyn_cast_or_null<FunctionDecl>(namedBy(Named)))
      add(F, nullptr, Call);
    return true;
  }
  bool VisitDeclRefExpr(DeclRefExpr *Ref) {
    const auto *V = dyn_cast<VarDecl>(Ref->getDecl());
    if (!V)
      return true;
    QualType T = V->getType();
    addType(T->isPointerType() ? T->getPointeeType() : T, V);
    // A coro_any_task, or a pointer, that was made somewhere above.
    if (Tasks.empty() && V->isLocalVarDecl() && V->hasInit() &&
        !V->getType()->isArithmeticType()) {
      TaskFinder Behind(Context);
      Behind.TraverseStmt(const_cast<Expr *>(V->getInit()));
      Tasks = Behind.Tasks;
    }
    return true;
  }
};

/// Where tasks are started in a body, and with what.
class StartFinder : public EvaluatedVisitor<StartFinder> {
  const ASTContext &Context;

public:
  struct Start {
    TaskIn Task;
    const CallExpr *Call;
  };
  std::vector<Start> Starts;

  explicit StartFinder(const ASTContext &Context)
      : EvaluatedVisitor(Context), Context(Context) {}
  bool VisitCallExpr(CallExpr *Call) {
    const CallExpr *Bind = markerOf(*Call, "__coro_bind");
    TaskFinder Finder(Context);
    if (Bind)
      Finder.TraverseStmt(const_cast<Expr *>(Bind->getArg(0)));
    else
      Finder.VisitCallExpr(Call);
    for (const TaskIn &Task : Finder.Tasks)
      Starts.push_back({Task, Call});
    return true;
  }
};

class SendChecker : public EvaluatedVisitor<SendChecker> {
  Unit &U;
  TaskHolds &Holds;
  const FunctionDecl &F;

  void checkTask(const CallExpr &Call, const TaskIn &Task);
  bool sayHeld(const CallExpr &Call, const TaskIn &Task,
               const ThreadBound &What);
  void checkOffload(const CallExpr &Call, const CallExpr &Marker);

public:
  SendChecker(Unit &U, TaskHolds &Holds, const FunctionDecl &F)
      : EvaluatedVisitor(U.CI.getASTContext()), U(U), Holds(Holds), F(F) {}
  bool VisitCallExpr(CallExpr *Call);
};
} // namespace

bool SendChecker::sayHeld(const CallExpr &Call, const TaskIn &Task,
                          const ThreadBound &What) {
  const NamedDecl *Named = What.Local ? What.Local : What.ThreadLocal;
  if (!warn(U, &F, Call.getBeginLoc(),
            What.Local ? DiagID::SendsLocal : DiagID::SendsThreadLocal,
            {Task.F->getNameAsString(), Named->getNameAsString()}))
    return false;
  report(U.CI.getDiagnostics(), Named->getLocation(), DiagID::DeclaredHere,
         {Named->getNameAsString()});
  return true;
}

void SendChecker::checkTask(const CallExpr &Call, const TaskIn &Task) {
  DiagnosticsEngine &Diags = U.CI.getDiagnostics();
  StartFinder Body(U.CI.getASTContext());
  Body.TraverseStmt(F.getBody());
  // What it was started with says more than the type of the parameter.
  llvm::SmallSetVector<unsigned, 4> Given;
  for (const StartFinder::Start &Start : Body.Starts) {
    if (!(Start.Task == Task) || !(Task.Variable || Task.New))
      continue;
    for (unsigned I = 0; I < Start.Call->getNumArgs(); ++I) {
      const Expr &Argument = *Start.Call->getArg(I);
      ThreadBound What = threadBound(Argument);
      if (!What || !Given.insert(I) || !sayHeld(Call, Task, What))
        continue;
      report(Diags, Argument.getExprLoc(), DiagID::StartedWith,
             {Task.F->getNameAsString()});
    }
  }
  const FunctionDecl *Definition = nullptr;
  if (!Task.F->hasBody(Definition))
    return;
  for (const HeldVariable &Held : Holds.of(*Definition)) {
    const auto *P = dyn_cast<ParmVarDecl>(Held.Variable);
    if (P && Held.In == Definition &&
        Given.contains(P->getFunctionScopeIndex()))
      continue;
    if (!sayHeld(Call, Task, Held.What))
      continue;
    std::string Variable = Held.Variable->getNameAsString();
    if (Held.Across)
      report(Diags, Held.Across->Where, DiagID::HeldAcross,
             {Held.In->getNameAsString(), Variable});
    else
      report(Diags, Held.Variable->getLocation(), DiagID::HeldArgument,
             {Held.In->getNameAsString(), Variable});
  }
}

/// coro_offload: the arguments of the call go to another thread.
void SendChecker::checkOffload(const CallExpr &Call, const CallExpr &Marker) {
  const ValueDecl *Run = namedBy(*Marker.getArg(Marker.getNumArgs() - 1));
  for (const Expr *Argument : Call.arguments()) {
    ThreadBound What = threadBound(*Argument);
    if (!Run || !What)
      continue;
    const NamedDecl *Named = What.Local ? What.Local : What.ThreadLocal;
    if (warn(U, &F, Argument->getBeginLoc(),
             What.Local ? DiagID::OffloadsLocal : DiagID::OffloadsThreadLocal,
             {Run->getNameAsString(), Named->getNameAsString()}))
      report(U.CI.getDiagnostics(), Named->getLocation(), DiagID::DeclaredHere,
             {Named->getNameAsString()});
  }
}

bool SendChecker::VisitCallExpr(CallExpr *Call) {
  const FunctionDecl *Callee = Call->getDirectCallee();
  if (const CallExpr *Marker = markerOf(*Call, "__coro_offload"))
    checkOffload(*Call, *Marker);
  if (!Callee || !handsOver(*Callee))
    return true;
  unsigned Count = std::min(Call->getNumArgs(), Callee->getNumParams());
  for (unsigned I = 0; I < Count; ++I) {
    bool Sends = startsThread(*Callee)
                     ? I + 1 == Callee->getNumParams()
                     : sendsArgument(*Callee->getParamDecl(I));
    if (!Sends)
      continue;
    TaskFinder Finder(U.CI.getASTContext());
    Finder.TraverseStmt(Call->getArg(I));
    for (const TaskIn &Task : Finder.Tasks)
      checkTask(*Call, Task);
  }
  return true;
}

void checkSends(Unit &U) {
  if (!isWanted(U, DiagID::SendsLocal))
    return;
  ASTContext &Context = U.CI.getASTContext();
  TaskHolds Holds;
  for (Decl *D : Context.getTranslationUnitDecl()->decls()) {
    auto *F = dyn_cast<FunctionDecl>(D);
    if (F && F->doesThisDeclarationHaveABody() &&
        !Context.getSourceManager().isInSystemHeader(F->getLocation()))
      SendChecker(U, Holds, *F).TraverseStmt(F->getBody());
  }
}

} // namespace coro
