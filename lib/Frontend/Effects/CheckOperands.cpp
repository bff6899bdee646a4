//===-- CheckOperands.cpp - How much coro_yield and coro_send are given ---===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// These macros are variadic, since to the preprocessor the commas between
// braces separate arguments like any other:
//
//     coro_yield((struct point){a, b});     one operand
//     coro_yield(a, b);                     two
//
// So they are counted here. The operands are what the header puts in
// parentheses, where a comma that separates them has become an operator:
//
//     T __coro_handed = (a, b);
//
// while one that the program itself has in parentheses is one deeper.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Checks.h"
#include "Frontend/Report.h"

using namespace clang;

namespace coro {

/// The outermost parentheses of E hold a comma, and this is it.
static const BinaryOperator *commaIn(const Expr &E) {
  const auto *Parens = dyn_cast<ParenExpr>(E.IgnoreImpCasts());
  const auto *Comma =
      Parens ? dyn_cast<BinaryOperator>(Parens->getSubExpr()) : nullptr;
  return Comma && Comma->getOpcode() == BO_Comma ? Comma : nullptr;
}

static void checkOne(Unit &U, const Expr &Given, llvm::StringRef Word,
                     llvm::StringRef What) {
  if (const BinaryOperator *Comma = commaIn(Given))
    report(U.CI.getDiagnostics(), Comma->getOperatorLoc(), DiagID::OneOperand,
           {Word.str(), What.str()});
}

void checkOperands(Unit &U, const VarDecl &D) {
  if (!D.getIdentifier() || !D.hasInit())
    return;
  if (D.getName() == "__coro_handed")
    return checkOne(U, *D.getInit(), "coro_yield", "hands out one value");
  if (D.getName() == "__coro_sent")
    return checkOne(U, *D.getInit(), "coro_send", "sends one value");
  // What cannot be dereferenced, clang has said of the answer.
  if (D.getName() != "__coro_answer" || !D.getType()->isPointerType())
    return;
  // (__coro_handed = v, r): what ends at the first comma is an assignment.
  const BinaryOperator *Comma = commaIn(*D.getInit());
  const auto *First =
      Comma ? dyn_cast<BinaryOperator>(Comma->getLHS()) : nullptr;
  if (!First || First->getOpcode() == BO_Comma)
    report(U.CI.getDiagnostics(), D.getLocation(), DiagID::TwoOperands, {});
}

} // namespace coro
