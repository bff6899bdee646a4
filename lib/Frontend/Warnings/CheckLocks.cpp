//===-- CheckLocks.cpp - Locks held where a function may suspend ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A lock is said once, at the first suspension it is held over.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Checks.h"
#include "Frontend/Report.h"
#include "Frontend/Warnings/LockFlow.h"
#include "Frontend/Warnings/Warnings.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace coro {

static void reportLocks(Unit &U, const FunctionDecl &F,
                        const LockedSuspension &At,
                        llvm::DenseSet<SourceLocation> &Said) {
  DiagnosticsEngine &Diags = U.CI.getDiagnostics();
  for (const HeldLock &H : At.Held) {
    std::string Lock = H.Key.empty() ? "a lock" : printKey(H.Key, F);
    if (Said.count(H.Since) ||
        !warn(U, &F, At.At.Where, DiagID::LockHeld, {Lock, nameOf(U, At.At)}))
      continue;
    Said.insert(H.Since);
    report(Diags, H.Since, DiagID::LockedHere, {Lock});
    noteCallee(U, At.At);
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
      return SM.isBeforeInTranslationUnit(A.At.Where, B.At.Where);
    });
    llvm::DenseSet<SourceLocation> Said;
    for (const LockedSuspension &At : Found)
      reportLocks(U, *F, At, Said);
  }
}

} // namespace coro
