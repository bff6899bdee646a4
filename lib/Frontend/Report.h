//===-- Report.h - From diagnostic rows to clang's messages -----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_REPORT_H
#define CORO_FRONTEND_REPORT_H

#include "Support/Diagnostics.h"
#include "clang/AST/Decl.h"
#include "clang/Basic/Diagnostic.h"
#include "clang/Basic/SourceLocation.h"

namespace coro {

/// Where a word of our headers stands in the program, not where the header
/// spells it out; macros of the program are shown as clang shows them.
clang::SourceLocation asWritten(const clang::SourceManager &SM,
                                clang::SourceLocation L);

/// Emits a row of Diagnostics.def, with the edits that mend it.
void report(clang::DiagnosticsEngine &Diags, clang::SourceLocation Where,
            DiagID ID, llvm::ArrayRef<std::string> Arguments,
            llvm::ArrayRef<clang::FixItHint> Edits = {});

/// The same with a severity of its own.
void reportAs(clang::DiagnosticsEngine &Diags, clang::SourceLocation Where,
              DiagID ID, DiagSeverity Severity,
              llvm::ArrayRef<std::string> Arguments,
              llvm::ArrayRef<clang::FixItHint> Edits);
/// The edits that declare F with one more effect, in the source's words.
llvm::SmallVector<clang::FixItHint, 2> declareWith(const clang::FunctionDecl &F,
                                                   const std::string &Words);

} // namespace coro

#endif
