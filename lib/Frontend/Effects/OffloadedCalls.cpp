//===-- OffloadedCalls.cpp - What coro_offload is given -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The header writes
//
//     ((typeof(&f))__coro_offload(sizeof(coro_work), coro_offload_call, f))
//         (arguments)
//
// where clang checks the arguments. The marker itself is declared to yield, so
// that whoever asks where a body suspends finds it without knowing of it. What
// is left is that f is an ordinary function, known by its name.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Effects/OffloadedCalls.h"
#include "Frontend/Effects/Effects.h"
#include "Frontend/Report.h"

using namespace clang;

namespace coro {

static constexpr unsigned CalleeArgument = 2;

void checkOffload(Unit &U, const CallExpr &Marker) {
  if (Marker.getNumArgs() <= CalleeArgument)
    return;
  DiagnosticsEngine &Diags = U.CI.getDiagnostics();
  SourceLocation Where = Marker.getBeginLoc();
  const Expr &Given = *Marker.getArg(CalleeArgument)->IgnoreParenImpCasts();
  const auto *Ref = dyn_cast<DeclRefExpr>(&Given);
  const auto *F = Ref ? dyn_cast<FunctionDecl>(Ref->getDecl()) : nullptr;
  if (!F) {
    report(Diags, Where, DiagID::OffloadsNoFunction, {});
    return;
  }
  std::string Name = F->getNameAsString();
  if (declaredYields(*F) || declaredGeneric(*F))
    report(Diags, Where, DiagID::OffloadsYielding, {Name, "yields"});
  else if (mayRaise(*F))
    report(Diags, Where, DiagID::OffloadsYielding, {Name, "raises"});
  else if (F->isVariadic())
    report(Diags, Where, DiagID::OffloadsVariadic,
           {Name, "variable arguments"});
  else if (!F->hasPrototype())
    report(Diags, Where, DiagID::OffloadsVariadic, {Name, "any arguments"});
  else
    return;
  report(Diags, F->getLocation(), DiagID::DeclaredHere, {Name});
}

} // namespace coro
