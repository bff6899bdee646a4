//===-- Diagnostics.cpp - Problems, from the AST or the IR ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Support/Diagnostics.h"
#include "Support/Compat.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/Instruction.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Metadata.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace coro {

static constexpr DiagRow Rows[] = {
#define CORO_DIAG(Id, Severity, Name, Text)                                    \
  {DiagSeverity::Severity, Name, Text},
#include "Support/Diagnostics.def"
};

const DiagRow &diagRow(DiagID ID) { return Rows[static_cast<unsigned>(ID)]; }

std::string diagFormat(DiagID ID) {
  const DiagRow &Row = diagRow(ID);
  if (Row.Name.empty())
    return Row.Text.str();
  return (Row.Text + " [" + Row.Name + "]").str();
}

std::string Problem::text() const {
  std::string Format = diagFormat(ID);
  std::string Text;
  for (size_t I = 0; I < Format.size(); ++I) {
    if (Format[I] == '%' && I + 1 < Format.size() && isdigit(Format[I + 1])) {
      unsigned Index = Format[++I] - '0';
      Text += Index < Arguments.size() ? Arguments[Index] : "?";
    } else {
      Text += Format[I];
      if (Format.compare(I, 2, "%%") == 0)
        ++I;
    }
  }
  return Text;
}

Problem makeProblem(DiagID ID, const Function &F, const Instruction *At,
                    ArrayRef<std::string> Arguments) {
  Problem P;
  P.ID = ID;
  P.Function = F.getName().str();
  if (const MDNode *Copy = F.getMetadata(CopyKind)) {
    P.CopyOf = cast<MDString>(Copy->getOperand(0))->getString().str();
    P.CopyFor = cast<MDString>(Copy->getOperand(1))->getString().str();
  }
  P.Arguments.assign(Arguments.begin(), Arguments.end());
  if (At && At->getDebugLoc()) {
    const DILocation *Where = At->getDebugLoc();
    // The line the user's function has, not the one of a helper inlined there.
    while (const DILocation *Outer = Where->getInlinedAt())
      Where = Outer;
    P.Line = Where->getLine();
    P.Column = Where->getColumn();
    // Clang splits a path where it leaves the directory it compiles in.
    SmallString<128> Path(Where->getFilename());
    if (sys::path::is_relative(Path) && !Where->getDirectory().empty()) {
      Path = Where->getDirectory();
      sys::path::append(Path, Where->getFilename());
    }
    P.File = Path.str().str();
  }
  return P;
}

ProblemHandler contextHandler(const Function &F) {
  LLVMContext &Context = F.getContext();
  return [&Context](const Problem &P) {
    std::string Text = P.text();
    if (P.Line)
      Text = P.File + ":" + std::to_string(P.Line) + ":" +
             std::to_string(P.Column) + ": " + Text;
    for (const Problem &Note : P.Notes)
      Text += "\n  " + Note.text();
    if (diagRow(P.ID).Severity == DiagSeverity::Error)
      Context.emitError(Text);
    else
      emitWarning(Context, Text);
  };
}

} // namespace coro
