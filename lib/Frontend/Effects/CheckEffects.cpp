//===-- CheckEffects.cpp - A caller's effects include its callee's --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Effects are viral: what a callee may do, its caller may do, unless the caller
// takes it in hand, as coro_block_on and tasks do. The notes say why the callee
// does it: because its declaration says so, or because of what it is given.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Effects/Caller.h"
#include "Frontend/Report.h"
#include "Frontend/Tasks/TaskTypes.h"
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

/// The notes under an effect that is missing, which is what a callee Does.
static void explain(const Caller &From, const NamedDecl *Callee,
                    const EffectSet &Needed, const GenericArgument *As,
                    const char *Does) {
  const NamedDecl *Of = Callee;
  EffectSet Says = Needed;
  if (As && (As->Effects.suspends() || As->Effects.raises())) {
    std::string Name = Callee->getNameAsString();
    if (As->K == GenericArgument::Flag) {
      report(From.diags(), As->Given->getExprLoc(), DiagID::BecauseOfFlag,
             {Name});
      return;
    }
    Of = As->Target;
    if (!Of)
      Of = As->Declared;
    report(
        From.diags(), As->Given->getExprLoc(), DiagID::BecauseOf,
        {Name, Of ? Of->getNameAsString() : "the function pointed to", Does});
    Says = As->Effects;
  }
  if (!Of)
    return;
  const Decl *Said = yieldsDeclaration(*Of);
  report(From.diags(), (Said ? Said : Of)->getLocation(),
         DiagID::HasEffectsHere, {Of->getNameAsString(), Says.print()});
}

/// Whether a function that may Have a type lacks the one that its callee needs.
static bool lacks(const Caller &From, QualType Needs, QualType Has) {
  return !Needs.isNull() &&
         (Has.isNull() || !From.U.CI.getASTContext().hasSameType(Needs, Has));
}

/// What the caller's declaration says of values, in a message.
static std::string ofType(QualType T) {
  return "values of type '" + T.getAsString() + "'";
}

namespace {
class EffectChecker {
  const Caller &From;
  const EffectSet &Own;
  SourceLocation Where;
  const NamedDecl *Callee;
  const EffectSet &Needed;
  const GenericArgument *As;
  const char *Missing = "yields";

  bool fail(DiagID ID, llvm::ArrayRef<std::string> More,
            const std::string &Words);

public:
  EffectChecker(const Caller &From, SourceLocation Where,
                const NamedDecl *Callee, const EffectSet &Needed,
                const GenericArgument *As)
      : From(From), Own(From.Own), Where(Where), Callee(Callee), Needed(Needed),
        As(As) {}
  bool suspends();
  bool values();
  bool raises(DiagID NotSaid);
};
} // namespace

bool EffectChecker::fail(DiagID ID, llvm::ArrayRef<std::string> More,
                         const std::string &Words) {
  llvm::SmallVector<std::string, 4> Arguments = {
      From.name(),
      Callee ? Callee->getNameAsString() : "the function pointed to"};
  Arguments.append(More.begin(), More.end());
  report(From.diags(), Where, ID, Arguments,
         Words.empty() || From.F.isMain() ? llvm::SmallVector<FixItHint, 2>()
                                          : declareWith(From.F, Words));
  explain(From, Callee, Needed, As, Missing);
  return false;
}

bool EffectChecker::suspends() {
  if (Needed.suspends() && !Own.suspends())
    return Needed.isGenerator()
               ? fail(DiagID::GeneratorCalled, {}, "")
               : fail(DiagID::CallNeedsYields,
                      {From.F.isMain()
                           ? ""
                           : "make '" + From.name() + "' yield, or "},
                      "yields ");
  if (Needed.Waits && !Own.Waits)
    return fail(DiagID::GeneratorWaits, {}, "yields ");
  return true;
}

bool EffectChecker::values() {
  if (lacks(From, Needed.Value, Own.Value)) {
    std::string T = Needed.Value.getAsString(), Word = "yields_of(" + T + ")";
    if (Own.isGenerator())
      return fail(DiagID::ValueGoesNowhere, {T, ofType(Own.Value), ""}, "");
    return fail(
        DiagID::ValueGoesNowhere,
        {T, "none", ", or declare '" + From.name() + "' with '" + Word + "'"},
        Word + " ");
  }
  if (lacks(From, Needed.Received, Own.Received)) {
    std::string T = Needed.Received.getAsString(),
                Word = "resumes_with(" + T + ")";
    if (!Own.Received.isNull())
      return fail(DiagID::NothingToResumeWith, {T, ofType(Own.Received)}, "");
    return fail(DiagID::NothingToResumeWith,
                {T, "none; declare '" + From.name() + "' with '" + Word + "'"},
                Word + " ");
  }
  return true;
}

bool EffectChecker::raises(DiagID NotSaid) {
  if (!lacks(From, Needed.Error, Own.Error))
    return true;
  Missing = "raises";
  std::string T = Needed.Error.getAsString(), Word = "raises(" + T + ")";
  if (From.Catching)
    return fail(DiagID::CatchDiffers, {Own.Error.getAsString(), T}, "");
  if (From.InCleanup)
    return fail(DiagID::RaiseInCleanup, {}, "");
  if (Own.raises())
    return fail(NotSaid, {T, "raises '" + Own.Error.getAsString() + "'"}, "");
  return fail(
      NotSaid,
      {T, "does not say so; declare '" + From.name() + "' with '" + Word + "'"},
      Word + " ");
}

bool checkEffects(const Caller &From, SourceLocation Where,
                  const NamedDecl *Callee, EffectSet Needed,
                  const GenericArgument *As) {
  if (As)
    Needed.add(As->Effects);
  EffectChecker Check(From, Where, Callee, Needed, As);
  return Check.suspends() && Check.values() &&
         Check.raises(DiagID::CallNeedsRaises);
}

bool checkRaised(const Caller &From, SourceLocation Where,
                 const FunctionDecl &Run, const GenericArgument *As) {
  EffectSet Needed;
  Needed.Error = effectsOf(Run).Error;
  if (As && Needed.Error.isNull())
    Needed.Error = As->Effects.Error;
  return EffectChecker(From, Where, &Run, Needed, As)
      .raises(DiagID::RunNeedsRaises);
}

bool checkRaisingArms(const Caller &From, const CallExpr &Call,
                      llvm::StringRef Word) {
  const FunctionDecl *First = nullptr;
  for (const Expr *Arm : Call.arguments()) {
    const FunctionDecl *Task = functionOfTask(*Arm);
    if (!Task || !effectsOf(*Task).raises())
      continue;
    if (!First)
      First = Task;
    QualType Before = effectsOf(*First).Error, Here = effectsOf(*Task).Error;
    if (From.U.CI.getASTContext().hasSameType(Before, Here))
      continue;
    report(From.diags(), Arm->getExprLoc(), DiagID::ArmsRaiseDifferently,
           {Word.str(), First->getNameAsString(), Before.getAsString(),
            Task->getNameAsString(), Here.getAsString()});
    for (const FunctionDecl *Each : {First, Task})
      report(From.diags(), Each->getLocation(), DiagID::DeclaredHere,
             {Each->getNameAsString()});
    return false;
  }
  return !First || checkRaised(From, Call.getBeginLoc(), *First);
}

} // namespace coro
