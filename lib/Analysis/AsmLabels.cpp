//===-- AsmLabels.cpp - Names that inline assembly defines ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Question: which asm statement defines a name, so that a second copy of it
// would not assemble?
//
//   asm("spin: jmp spin")     does
//   asm("1: jmp 1b")          does not: a local label may be there twice
//   asm("l%=: jmp l%=")       does not: each copy gets another number
//
// A statement begins a line or follows a semicolon. A label that a macro of the
// assembler makes is not seen; two of those are an error of the assembler.
//
//===----------------------------------------------------------------------===//

#include "Analysis/AsmLabels.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/IR/InlineAsm.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/InstrTypes.h"

using namespace llvm;

namespace coro {

static bool isNamePart(char C) { return isAlnum(C) || C == '_' || C == '.'; }

StringRef asmLabel(const Instruction &I) {
  const auto *Call = dyn_cast<CallBase>(&I);
  const auto *Asm =
      Call ? dyn_cast<InlineAsm>(Call->getCalledOperand()) : nullptr;
  if (!Asm)
    return "";
  StringRef Text = Asm->getAsmString();
  while (!Text.empty()) {
    StringRef Statement =
        Text.take_until([](char C) { return C == ';' || C == '\n'; });
    Text = Text.drop_front(std::min(Statement.size() + 1, Text.size()));
    StringRef Name = Statement.ltrim().take_while(isNamePart);
    StringRef Behind = Statement.ltrim().drop_front(Name.size()).ltrim();
    if (!Name.empty() && !isDigit(Name.front()) && Behind.starts_with(":"))
      return Name;
  }
  return "";
}

bool definesAsmLabel(const Function &F) {
  return any_of(instructions(F),
                [](const Instruction &I) { return !asmLabel(I).empty(); });
}

} // namespace coro
