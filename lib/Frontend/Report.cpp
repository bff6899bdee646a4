//===-- Report.cpp - From diagnostic rows to clang's messages -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Frontend/Report.h"

using namespace clang;

namespace coro {

static DiagnosticIDs::Level levelOf(DiagID ID) {
  switch (diagRow(ID).Severity) {
  case DiagSeverity::Error:
    return DiagnosticIDs::Error;
  case DiagSeverity::Warning:
    return DiagnosticIDs::Warning;
  case DiagSeverity::Note:
    return DiagnosticIDs::Note;
  }
  return DiagnosticIDs::Error;
}

void report(DiagnosticsEngine &Diags, SourceLocation Where, DiagID ID,
            llvm::ArrayRef<std::string> Arguments) {
  unsigned Custom =
      Diags.getDiagnosticIDs()->getCustomDiagID(levelOf(ID), diagFormat(ID));
  DiagnosticBuilder Message = Diags.Report(Where, Custom);
  for (const std::string &Argument : Arguments)
    Message << Argument;
}

} // namespace coro
