//===-- Suspensions.cpp - Where a body may suspend ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Frontend/Editor/Suspensions.h"
#include "Frontend/Effects/Effects.h"
#include "Frontend/Effects/IndirectCalls.h"
#include "Frontend/Effects/PointerEffects.h"
#include "Frontend/Report.h"
#include "Frontend/Tasks/TaskTypes.h"
#include "clang/AST/ASTContext.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace coro {

/// Markers of the header that suspend, whatever they are given.
static bool alwaysSuspends(llvm::StringRef Marker) {
  static constexpr llvm::StringLiteral Names[] = {
      "__coro_suspend", "__coro_yield",  "__coro_join",
      "__coro_any",     "__coro_race",   "__coro_wait",
      "__coro_timeout", "__coro_cancel", "__coro_offload"};
  return llvm::is_contained(Names, Marker);
}

std::optional<Suspension> suspensionAt(const ASTContext &Context,
                                       const CallExpr &Call) {
  SourceLocation Where = Call.getBeginLoc();
  const FunctionDecl *Callee = Call.getDirectCallee();
  if (!Callee) {
    const Expr &Pointer = writtenCallee(Call);
    SaidEffects Says =
        expressionSays(const_cast<ASTContext &>(Context), Pointer);
    if (!isMarked(Call) && (!Says || !Says->suspends()))
      return std::nullopt;
    return Suspension{Where, namedBy(Pointer)};
  }
  if (Callee->getIdentifier() && alwaysSuspends(Callee->getName()))
    return Suspension{Where, nullptr};
  if (Callee->getIdentifier() && Callee->getName() == "__coro_try_box") {
    const Expr &Boxed = *Call.getArg(Call.getNumArgs() - 1);
    return Suspension{Where, namedBy(Boxed)};
  }
  if (Callee->getIdentifier() && Callee->getName() == "__coro_next") {
    const FunctionDecl *Task = functionOfTask(*Call.getArg(0));
    if (Task && effectsOf(*Task).Waits)
      return Suspension{Where, Task};
    return std::nullopt;
  }
  if (!declaredYields(*Callee))
    return std::nullopt;
  return Suspension{Where, Callee};
}

std::string nameOf(const Unit &U, const Suspension &S) {
  if (S.Callee)
    return "'" + S.Callee->getNameAsString() + "'";
  const SourceManager &SM = U.CI.getSourceManager();
  llvm::StringRef Written = Lexer::getSourceText(
      CharSourceRange::getTokenRange(asWritten(SM, S.Where)), SM,
      U.CI.getLangOpts());
  return Written.starts_with("coro_") ? (Written + "()").str()
                                      : "the function pointed to";
}

void noteCallee(Unit &U, const Suspension &S) {
  const Decl *Said = S.Callee ? yieldsDeclaration(*S.Callee) : nullptr;
  if (Said)
    report(U.CI.getDiagnostics(), Said->getLocation(), DiagID::HasEffectsHere,
           {S.Callee->getNameAsString(), effectsOf(*S.Callee).print()});
}

} // namespace coro
