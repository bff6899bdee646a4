//===-- Report.cpp - From diagnostic rows to clang's messages -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Frontend/Report.h"
#include "clang/AST/ASTContext.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/Support/Path.h"

using namespace clang;

namespace coro {

static DiagnosticIDs::Level levelOf(DiagSeverity Severity) {
  switch (Severity) {
  case DiagSeverity::Error:
    return DiagnosticIDs::Error;
  case DiagSeverity::Warning:
  case DiagSeverity::Optional:
    return DiagnosticIDs::Warning;
  case DiagSeverity::Note:
    return DiagnosticIDs::Note;
  }
  return DiagnosticIDs::Error;
}

SourceLocation asWritten(const SourceManager &SM, SourceLocation L) {
  while (L.isMacroID()) {
    llvm::StringRef File = SM.getFilename(SM.getSpellingLoc(L));
    llvm::StringRef Folder = llvm::sys::path::parent_path(File);
    if (llvm::sys::path::filename(Folder) != "coro" || !File.ends_with(".h"))
      break;
    L = SM.getImmediateExpansionRange(L).getBegin();
  }
  return L;
}

void report(DiagnosticsEngine &Diags, SourceLocation Where, DiagID ID,
            llvm::ArrayRef<std::string> Arguments,
            llvm::ArrayRef<FixItHint> Edits) {
  reportAs(Diags, Where, ID, diagRow(ID).Severity, Arguments, Edits);
}

void reportAs(DiagnosticsEngine &Diags, SourceLocation Where, DiagID ID,
              DiagSeverity Severity, llvm::ArrayRef<std::string> Arguments,
              llvm::ArrayRef<FixItHint> Edits) {
  unsigned Custom = Diags.getDiagnosticIDs()->getCustomDiagID(levelOf(Severity),
                                                              diagFormat(ID));
  if (Where.isValid() && Diags.hasSourceManager())
    Where = asWritten(Diags.getSourceManager(), Where);
  DiagnosticBuilder Message = Diags.Report(Where, Custom);
  for (const std::string &Argument : Arguments)
    Message << Argument;
  for (const FixItHint &Edit : Edits)
    Message << Edit;
}
llvm::SmallVector<FixItHint, 2> declareWith(const FunctionDecl &F,
                                            const std::string &Words) {
  const SourceManager &SM = F.getASTContext().getSourceManager();
  llvm::SmallVector<FixItHint, 2> Edits;
  for (const FunctionDecl *Each : F.redecls()) {
    // Our own words are macros; what a macro of the program declares is not
    // ours to edit.
    SourceLocation Begin = asWritten(SM, Each->getBeginLoc());
    if (Begin.isFileID())
      Edits.push_back(FixItHint::CreateInsertion(Begin, Words));
  }
  return Edits;
}

} // namespace coro
