//===-- RaisingCalls.cpp - Which calls may raise --------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Frontend/Raising/RaisingCalls.h"
#include "Frontend/Effects/IndirectCalls.h"
#include "Frontend/Effects/PointerEffects.h"
#include "Frontend/Generics/Generics.h"
#include "Frontend/MarkerCalls.h"
#include "Frontend/Tasks/TaskTypes.h"

using namespace clang;

namespace coro {

bool raisesAsTasks(const FunctionDecl &Marker) {
  static constexpr llvm::StringLiteral Names[] = {
      "__coro_join", "__coro_any", "__coro_race", "__coro_timeout",
      "__coro_next"};
  return Marker.getIdentifier() && llvm::is_contained(Names, Marker.getName());
}

static bool raises(ASTContext &Context, const Expr &Pointer) {
  SaidEffects Says = expressionSays(Context, Pointer);
  return Says && Says->raises();
}

/// A function by its name, with the arguments of the call that runs it.
static bool raises(const FunctionDecl &Caller, const FunctionDecl &Callee,
                   const CallExpr &Call) {
  if (effectsOf(Callee).raises())
    return true;
  std::optional<EffectPath> Path = raisesAsPath(Callee);
  if (!Path)
    return false;
  llvm::SmallVector<const Expr *, 8> Arguments(Call.arguments());
  return genericArgument(Caller.getASTContext(), &Caller, Arguments, *Path)
      .Effects.raises();
}

/// What one of the header's markers runs, where the header casts it to the type
/// of a function and Call gives that its arguments.
static bool runsRaising(const FunctionDecl &Caller, const CallExpr &Marker,
                        const CallExpr &Call) {
  for (auto [Name, Callee] :
       {std::pair("__coro_block_on", 1u), std::pair("__coro_begin", 1u),
        std::pair("__coro_try_box", 7u)}) {
    if (!isCallOf(Marker, Name) || Marker.getNumArgs() <= Callee)
      continue;
    const Expr &Run = *Marker.getArg(Callee);
    if (const FunctionDecl *Generic = markedFunction(Run))
      return raises(Caller, *Generic, Call);
    return raises(Caller.getASTContext(), Run);
  }
  return false;
}

bool callMayRaise(const FunctionDecl &Caller, const CallExpr &Call) {
  if (const FunctionDecl *Callee = calledFunction(Call)) {
    if (isCallOf(Call, "__coro_raise"))
      return true;
    if (!raisesAsTasks(*Callee))
      return raises(Caller, *Callee, Call);
    return llvm::any_of(Call.arguments(), [](const Expr *Arm) {
      const FunctionDecl *Task = functionOfTask(*Arm);
      return Task && effectsOf(*Task).raises();
    });
  }
  if (isMarked(Call))
    return raises(Caller.getASTContext(), writtenCallee(Call));
  const CallExpr *Marker = markerBehind(*Call.getCallee());
  return Marker && runsRaising(Caller, *Marker, Call);
}

} // namespace coro
