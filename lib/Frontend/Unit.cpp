//===-- Unit.cpp - What the front end knows of one compilation ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Frontend/Unit.h"
#include "Frontend/Report.h"
#include "Frontend/Scratch.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Mangle.h"
#include "clang/Basic/FileManager.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace coro {

std::string Unit::symbol(const FunctionDecl &F) {
  std::string Name = ASTNameGenerator(CI.getASTContext()).getName(&F);
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

void Unit::report(const Problem &P) {
  auto Known = ByName.find(P.Function);
  const FunctionDecl *F = Known == ByName.end() ? nullptr : Known->second;
  SourceLocation Where = locate(CI, P);
  if (Where.isInvalid() && F) {
    // Without -g the IR has no lines: compile the function once more with them,
    // aside, and see where the same problem is found.
    if (std::optional<Problem> Located = locateProblem(*this, *F, P))
      Where = locate(CI, *Located);
  }
  if (Where.isInvalid() && F)
    Where = F->getLocation();
  coro::report(CI.getDiagnostics(), Where, P.ID, P.Arguments);
  for (const Problem &Note : P.Notes)
    coro::report(CI.getDiagnostics(),
                 Note.Line ? locate(CI, Note) : SourceLocation(), Note.ID,
                 Note.Arguments);
}

} // namespace coro
