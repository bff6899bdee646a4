//===-- CheckEffects.cpp - A caller's effects include its callee's --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Effects are viral: what a callee may do, its caller may do, unless the caller
// takes it in hand, as coro_block_on and tasks do. The notes say why the callee
// does it: because its declaration says so, or because of what it is given.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Caller.h"
#include "Frontend/Report.h"
#include "clang/AST/ASTContext.h"

using namespace clang;

namespace coro {

Caller::Caller(Unit &U, const FunctionDecl &F, YieldingCalls &Calls,
               std::vector<YieldingCall> &FrameUses)
    : U(U), F(F), Calls(Calls), FrameUses(FrameUses), Own(effectsOf(F)) {
  if (std::optional<EffectPath> Path = yieldsAsPath(F))
    HasFlag = Path->IsFlag && !Own.Waits;
  // Where the flag is 0, nothing that suspends may be left: the passes see.
  Own.Waits |= HasFlag;
}

/// The notes under an effect that is missing.
static void explain(const Caller &From, const NamedDecl &Callee,
                    const EffectSet &Needed, const GenericArgument *As) {
  std::string Name = Callee.getNameAsString();
  const NamedDecl *Of = &Callee;
  EffectSet Says = Needed;
  if (As && As->Effects.suspends()) {
    if (As->K == GenericArgument::Flag) {
      report(From.diags(), As->Given->getExprLoc(), DiagID::BecauseOfFlag,
             {Name});
      return;
    }
    Of = As->Target;
    if (!Of)
      Of = As->Declared;
    report(From.diags(), As->Given->getExprLoc(), DiagID::BecauseOf,
           {Name, Of ? Of->getNameAsString() : "the function pointed to"});
    Says = As->Effects;
  }
  if (!Of)
    return;
  const Decl *Said = yieldsDeclaration(*Of);
  report(From.diags(), (Said ? Said : Of)->getLocation(),
         DiagID::HasEffectsHere, {Of->getNameAsString(), Says.print()});
}

bool checkEffects(const Caller &From, SourceLocation Where,
                  const NamedDecl &Callee, const GenericArgument *As) {
  EffectSet Needed = effectsOf(Callee);
  if (As)
    Needed.add(As->Effects);
  const EffectSet &Own = From.Own;
  std::string To = Callee.getNameAsString();
  auto fail = [&](DiagID ID, llvm::ArrayRef<std::string> More,
                  const std::string &Words) {
    llvm::SmallVector<std::string, 4> Arguments = {From.name(), To};
    Arguments.append(More.begin(), More.end());
    report(From.diags(), Where, ID, Arguments,
           Words.empty() || From.F.isMain() ? llvm::SmallVector<FixItHint, 2>()
                                            : declareWith(From.F, Words));
    explain(From, Callee, Needed, As);
    return false;
  };
  if (Needed.suspends() && !Own.suspends())
    return fail(Needed.isGenerator() ? DiagID::GeneratorCalled
                                     : DiagID::CallNeedsYields,
                {}, Needed.isGenerator() ? "" : "yields ");
  if (Needed.Waits && !Own.Waits)
    return fail(DiagID::GeneratorWaits, {}, "yields ");
  ASTContext &Context = From.U.CI.getASTContext();
  if (Needed.isGenerator() &&
      (!Own.isGenerator() || !Context.hasSameType(Own.Value, Needed.Value)))
    return fail(DiagID::ValueGoesNowhere,
                {Needed.Value.getAsString(),
                 Own.isGenerator() ? Own.Value.getAsString() : "none"},
                "");
  if (!Needed.Received.isNull() &&
      (Own.Received.isNull() ||
       !Context.hasSameType(Own.Received, Needed.Received)))
    return fail(DiagID::NothingToResumeWith, {Needed.Received.getAsString()},
                "");
  if (Needed.raises() &&
      (!Own.raises() || !Context.hasSameType(Own.Error, Needed.Error)))
    return fail(DiagID::CallNeedsRaises, {Needed.Error.getAsString()},
                Own.raises() ? ""
                             : "raises(" + Needed.Error.getAsString() + ") ");
  return true;
}

} // namespace coro
