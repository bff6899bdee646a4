//===-- PrintSuspends.h - Suspending calls as text and JSON -----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_PRINTSUSPENDS_H
#define CORO_FRONTEND_PRINTSUSPENDS_H

#include "Frontend/Editor/SuspendReport.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/Support/raw_ostream.h"

namespace coro {

/// For people, `file:line:col: in 'f': 'g' waits (declared file:line)`, as
/// clang counts lines and columns.
void printSuspends(const clang::SourceManager &SM,
                   llvm::ArrayRef<SuspendingCall> Calls, llvm::raw_ostream &OS);

/// For editors, one JSON object in one line, with positions as the language
/// server protocol has them.
void printSuspendsAsJson(const clang::SourceManager &SM,
                         const clang::LangOptions &LangOpts,
                         llvm::ArrayRef<SuspendingCall> Calls,
                         llvm::raw_ostream &OS);

} // namespace coro

#endif
