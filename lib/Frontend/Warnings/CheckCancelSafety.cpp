//===-- CheckCancelSafety.cpp - What is lost where a task is cancelled ----===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Two sides of one promise. A function that says coro_cancel_safe must not
// hold, where it may be cancelled, what is lost with it. And whoever cancels,
// by a race or a time-out, may want to hear of tasks that promise nothing.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Checks.h"
#include "Frontend/Effects/Arms.h"
#include "Frontend/EvaluatedVisitor.h"
#include "Frontend/MarkerCalls.h"
#include "Frontend/Report.h"
#include "Frontend/Warnings/CancelFacts.h"
#include "Frontend/Warnings/HeldValues.h"
#include "Frontend/Warnings/Warnings.h"

using namespace clang;

namespace coro {

/// The function of a task that is an arm, or null; see Effects/Arms.cpp.
static const FunctionDecl *taskOf(const Expr &Arm) {
  if (!isCallOf(Arm, FrameOfMarker))
    return nullptr;
  const auto *Call = cast<CallExpr>(Arm.IgnoreParenImpCasts());
  const auto *Named =
      dyn_cast<DeclRefExpr>(Call->getArg(1)->IgnoreParenImpCasts());
  return Named ? dyn_cast<FunctionDecl>(Named->getDecl()) : nullptr;
}

namespace {
/// Warns of the arms in a body that may be cancelled and do not say that they
/// may.
class ArmVisitor : public EvaluatedVisitor<ArmVisitor> {
  Unit &U;
  const FunctionDecl &F;

public:
  ArmVisitor(Unit &U, const FunctionDecl &F)
      : EvaluatedVisitor(F.getASTContext()), U(U), F(F) {}
  bool VisitCallExpr(CallExpr *Call) {
    const FunctionDecl *Callee = Call->getDirectCallee();
    llvm::StringRef Word = Callee ? waitingWord(*Callee) : "";
    if (Word != "coro_race" && Word != "coro_timeout")
      return true;
    for (const Expr *Arm : Call->arguments()) {
      const FunctionDecl *Task = taskOf(*Arm);
      if (!Task || cancelSafeDeclaration(*Task))
        continue;
      SourceLocation Where =
          cast<CallExpr>(Arm->IgnoreParenImpCasts())->getArg(0)->getBeginLoc();
      std::string Name = Task->getNameAsString();
      if (warn(U, &F, Where, DiagID::UnsafeArm, {Word.str(), Name}))
        report(U.CI.getDiagnostics(), Task->getLocation(), DiagID::DeclaredHere,
               {Name});
    }
    return true;
  }
};
} // namespace

static void reportLoss(Unit &U, const FunctionDecl &F, const Loss &Found) {
  std::string Name = Found.Variable->getNameAsString();
  if (!warn(U, &F, Found.At.Where, DiagID::LosesValue,
            {Name, F.getNameAsString(), nameOf(U, Found.At)}))
    return;
  DiagnosticsEngine &Diags = U.CI.getDiagnostics();
  report(Diags, Found.Acquired->getBeginLoc(), DiagID::AcquiredHere, {Name});
  const FunctionDecl *By = Found.Acquired->getDirectCallee();
  report(Diags, acquiresDeclaration(*By)->getLocation(), DiagID::HasEffectsHere,
         {By->getNameAsString(), "coro_acquires"});
}

void checkCancelSafety(Unit &U,
                       llvm::ArrayRef<const FunctionDecl *> Suspending) {
  bool Arms = isWanted(U, DiagID::UnsafeArm);
  bool Losses = isWanted(U, DiagID::LosesValue);
  for (const FunctionDecl *F : Suspending) {
    if (Arms)
      ArmVisitor(U, *F).TraverseStmt(F->getBody());
    if (Losses && cancelSafeDeclaration(*F))
      for (const Loss &Each : findLosses(*F))
        reportLoss(U, *F, Each);
  }
}

} // namespace coro
