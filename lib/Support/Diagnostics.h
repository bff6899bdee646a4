//===-- Diagnostics.h - Problems, from the AST or the IR --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Passes do not know clang: they hand a Problem to a handler. In clang that is
// Frontend/Reporter, which finds the source line; in opt it is the context.
//
//===----------------------------------------------------------------------===//

#ifndef CORO_SUPPORT_DIAGNOSTICS_H
#define CORO_SUPPORT_DIAGNOSTICS_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include <functional>
#include <string>
#include <vector>

namespace llvm {
class Function;
class Instruction;
} // namespace llvm

namespace coro {

enum class DiagID {
#define CORO_DIAG(Id, Severity, Name, Text) Id,
#include "Support/Diagnostics.def"
};

/// Optional: a warning that is said only where it is asked for.
enum class DiagSeverity { Error, Warning, Optional, Note };

struct DiagRow {
  DiagSeverity Severity;
  llvm::StringRef Name;
  llvm::StringRef Text;
};

const DiagRow &diagRow(DiagID ID);

/// The row's text with its name in brackets behind it, placeholders left as
/// they are: what clang's own engine takes.
std::string diagFormat(DiagID ID);

/// One thing that is wrong with a function, found in its IR.
struct Problem {
  DiagID ID;
  std::string Function;
  /// Where Function is a copy made for an argument: of whom, and the function
  /// whose call asked for it.
  std::string CopyOf, CopyFor;
  llvm::SmallVector<std::string, 4> Arguments;
  std::vector<Problem> Notes;
  /// 0 where the IR carries no line.
  unsigned Line = 0, Column = 0;
  std::string File;

  std::string text() const;
};

/// Metadata of a copy: the names of CopyOf and CopyFor.
inline constexpr llvm::StringLiteral CopyKind = "coro.copy";

using ProblemHandler = std::function<void(const Problem &)>;

/// A problem of F, at the instruction's line where it has one.
Problem makeProblem(DiagID ID, const llvm::Function &F,
                    const llvm::Instruction *At,
                    llvm::ArrayRef<std::string> Arguments);

/// The handler for opt: an error or warning of the LLVM context.
ProblemHandler contextHandler(const llvm::Function &F);

} // namespace coro

#endif
