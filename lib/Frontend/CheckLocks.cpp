//===-- CheckLocks.cpp - Locks held where a function may suspend ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A lock is said once, at the first suspension it is held over.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Checks.h"
#include "Frontend/Effects.h"
#include "Frontend/LockFlow.h"
#include "Frontend/Report.h"
#include "Frontend/Warnings.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace coro {

/// What may suspend, as it stands in the program: a macro of our header has the
/// name that was written.
static std::string nameOf(const Unit &U, const LockedSuspension &At) {
  if (At.Callee && !At.Callee->getName().starts_with("__coro_"))
    return "'" + At.Callee->getNameAsString() + "'";
  const SourceManager &SM = U.CI.getSourceManager();
  llvm::StringRef Written = Lexer::getSourceText(
      CharSourceRange::getTokenRange(asWritten(SM, At.Where)), SM,
      U.CI.getLangOpts());
  return At.Callee ? (Written + "()").str() : "'" + Written.str() + "'";
}

static void reportLocks(Unit &U, const FunctionDecl &F,
                        const LockedSuspension &At,
                        llvm::DenseSet<SourceLocation> &Said) {
  DiagnosticsEngine &Diags = U.CI.getDiagnostics();
  for (const HeldLock &H : At.Held) {
    std::string Lock = H.Key.empty() ? "a lock" : printKey(H.Key, F);
    if (Said.count(H.Since) ||
        !warn(U, &F, At.Where, DiagID::LockHeld, {Lock, nameOf(U, At)}))
      continue;
    Said.insert(H.Since);
    report(Diags, H.Since, DiagID::LockedHere, {Lock});
    const Decl *Yields = At.Callee ? yieldsDeclaration(*At.Callee) : nullptr;
    if (Yields && !At.Callee->getName().starts_with("__coro_"))
      report(Diags, Yields->getLocation(), DiagID::YieldsHere,
             {At.Callee->getNameAsString()});
  }
}

void checkLocks(Unit &U, llvm::ArrayRef<const FunctionDecl *> Coroutines) {
  if (!isWanted(U, DiagID::LockHeld))
    return;
  const SourceManager &SM = U.CI.getSourceManager();
  LockFlow Flow;
  for (const FunctionDecl *F : Coroutines) {
    std::vector<LockedSuspension> Found;
    Flow.suspensions(*F,
                     [&](const LockedSuspension &At) { Found.push_back(At); });
    llvm::stable_sort(Found, [&](const auto &A, const auto &B) {
      return SM.isBeforeInTranslationUnit(A.Where, B.Where);
    });
    llvm::DenseSet<SourceLocation> Said;
    for (const LockedSuspension &At : Found)
      reportLocks(U, *F, At, Said);
  }
}

} // namespace coro
