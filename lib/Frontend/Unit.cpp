//===-- Unit.cpp - What the front end knows of one compilation ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Frontend/Unit.h"
#include "Frontend/Report.h"
#include "Frontend/Tasks/Scratch.h"
#include "Frontend/Warnings/Warnings.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Mangle.h"
#include "clang/Basic/FileManager.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace coro {

std::string Unit::symbolName(const FunctionDecl &F) {
  return ASTNameGenerator(CI.getASTContext()).getName(&F);
}

std::string Unit::symbol(const FunctionDecl &F) {
  std::string Name = symbolName(F);
  ByName[Name] = &F;
  return Name;
}

/// Where a line of the IR's debug information is in the source.
static SourceLocation locate(CompilerInstance &CI, const Problem &P) {
  if (!P.Line)
    return SourceLocation();
  auto File = CI.getFileManager().getOptionalFileRef(P.File);
  if (!File)
    return SourceLocation();
  return CI.getSourceManager().translateFileLineCol(*File, P.Line,
                                                    std::max(P.Column, 1u));
}

void Unit::report(const Problem &Found) {
  const FunctionDecl *F =
      ByName.lookup(Found.CopyFor.empty() ? Found.Function : Found.CopyFor);
  Problem P = Found;
  // Without -g the IR has no lines, and it has no names in any case: compile
  // the function once more with both, aside, and see where the same problem is.
  if (F)
    if (std::optional<Problem> Located = locateProblem(*this, *F, P)) {
      P = *Located;
      for (const Problem &Note : Found.Notes)
        if (Note.ID == DiagID::InTaskType)
          P.Notes.push_back(Note);
    }
  if (const FunctionDecl *Generic = ByName.lookup(Found.CopyOf))
    F = Generic;
  if (!F)
    F = Raising.lookup(Found.Function);
  SourceLocation Fallback = F ? F->getLocation() : SourceLocation();
  if (P.ID == DiagID::CancelNowWaits || P.ID == DiagID::CancelNowUnseen) {
    auto Call = llvm::find_if(CancelNows, [&P](const CancelNow &Each) {
      return Each.Caller == P.Function && Each.Task == P.Arguments.front();
    });
    if (Call != CancelNows.end()) {
      Fallback = Call->Where;
      CancelNows.erase(Call);
      P.Line = 0;
    }
  }
  auto where = [&](const Problem &Each) {
    SourceLocation Where = locate(CI, Each);
    return Where.isValid() ? Where : Fallback;
  };
  if (diagRow(P.ID).Severity == DiagSeverity::Warning) {
    if (!warn(*this, F, where(P), P.ID, P.Arguments))
      return;
  } else {
    coro::report(CI.getDiagnostics(), where(P), P.ID, P.Arguments);
  }
  for (const Problem &Note : P.Notes)
    coro::report(CI.getDiagnostics(), where(Note), Note.ID, Note.Arguments);
}

} // namespace coro
