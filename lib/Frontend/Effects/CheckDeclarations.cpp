//===-- CheckDeclarations.cpp - Attributes that go together ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What one declaration of a function says must fit what the others say, what
// its other attributes say, and what can be compiled at all.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Checks.h"
#include "Frontend/Effects/Effects.h"
#include "Frontend/Effects/PointerEffects.h"
#include "Frontend/Report.h"
#include "Frontend/Warnings/CancelFacts.h"
#include "Frontend/Warnings/ThreadFacts.h"
#include "Frontend/Warnings/Warnings.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"

using namespace clang;

namespace coro {

/// Two promises of a frame's size must be one.
static void checkLimits(Unit &U, const FunctionDecl &F) {
  const FunctionDecl *Before = F.getPreviousDecl();
  std::optional<uint64_t> Earlier =
      Before ? declaredFrameLimit(*Before) : std::nullopt;
  std::optional<uint64_t> Own = ownFrameLimit(F);
  if (!Earlier || !Own || *Earlier == *Own)
    return;
  report(U.CI.getDiagnostics(), F.getLocation(), DiagID::LimitsDisagree,
         {F.getNameAsString(), std::to_string(*Own), std::to_string(*Earlier)});
  report(U.CI.getDiagnostics(), Before->getLocation(), DiagID::DeclaredHere,
         {F.getNameAsString()});
}

/// An alias would name a function that is no more.
static void checkAlias(Unit &U, const FunctionDecl &F) {
  const auto *Alias = F.getAttr<AliasAttr>();
  if (!Alias || declaredYields(F))
    return;
  if (U.ByName.count(Alias->getAliasee()))
    report(U.CI.getDiagnostics(), F.getLocation(), DiagID::AttributeConflict,
           {"alias", "its parts are separate functions", "yield"});
  else if (U.Raising.count(Alias->getAliasee()) && !effectsOf(F).raises())
    report(U.CI.getDiagnostics(), F.getLocation(), DiagID::AttributeConflict,
           {"alias", "an alias has no signature of its own", "raise"});
}

/// What a redeclaration says of a type that an earlier one named otherwise.
static bool disagrees(ASTContext &Context, QualType Own, QualType Before) {
  return !Own.isNull() && !Before.isNull() && !Context.hasSameType(Own, Before);
}

/// A redeclaration may be silent; it may not say more than the first one, for
/// calls may already have been compiled, nor anything else.
static void checkRedeclaration(Unit &U, const FunctionDecl &F) {
  const FunctionDecl *Previous = F.getPreviousDecl();
  if (!Previous)
    return;
  EffectSet Own = ownEffects(F), Before;
  for (const FunctionDecl *Each = Previous; Each;
       Each = Each->getPreviousDecl())
    Before.add(ownEffects(*Each));
  ASTContext &Context = U.CI.getASTContext();
  bool Disagree = disagrees(Context, Own.Value, Before.Value) ||
                  disagrees(Context, Own.Received, Before.Received) ||
                  disagrees(Context, Own.Error, Before.Error);
  EffectSet Together = Before;
  Together.add(Own);
  if (!Disagree && Together.print() == Before.print())
    return;
  report(U.CI.getDiagnostics(), F.getLocation(),
         Disagree ? DiagID::EffectsDisagree : DiagID::Redeclared,
         {F.getNameAsString(), Own.print(), Before.print()});
  report(U.CI.getDiagnostics(), F.getFirstDecl()->getLocation(),
         DiagID::DeclaredHere, {F.getNameAsString()});
}

/// A caller gives a parameter what the declaration that it sees says of it, and
/// the definition calls through it as its own says.
static void checkParameters(Unit &U, const FunctionDecl &F) {
  const FunctionDecl *Previous = F.getPreviousDecl();
  unsigned Count =
      Previous ? std::min(F.getNumParams(), Previous->getNumParams()) : 0;
  auto said = [](const EffectSet &Effects) {
    std::string Words = Effects.print();
    return Words.empty() ? "without effects" : "with '" + Words + "'";
  };
  for (unsigned I = 0; I < Count; ++I) {
    const ParmVarDecl &Own = *F.getParamDecl(I);
    const ParmVarDecl &Earlier = *Previous->getParamDecl(I);
    EffectSet Now = effectsOf(Own), Before = effectsOf(Earlier);
    ASTContext &Context = U.CI.getASTContext();
    if (whyNotCallable(Context, Now, Before).empty() &&
        whyNotCallable(Context, Before, Now).empty())
      continue;
    std::string Name = (Own.getDeclName() ? Own : Earlier).getNameAsString();
    report(U.CI.getDiagnostics(), Own.getLocation(), DiagID::ParameterDisagrees,
           {F.getNameAsString(), Name, said(Now), said(Before)});
    report(U.CI.getDiagnostics(), Earlier.getLocation(), DiagID::DeclaredHere,
           {Name});
  }
}

/// Words that mean nothing without another.
static void checkTogether(Unit &U, const FunctionDecl &F) {
  if (safeForNothing(F))
    report(U.CI.getDiagnostics(), F.getLocation(), DiagID::NothingToCancel,
           {F.getNameAsString()});
  EffectSet Effects = effectsOf(F);
  if (!Effects.Received.isNull() && !Effects.isGenerator())
    report(U.CI.getDiagnostics(), F.getLocation(), DiagID::ResumesWithoutValue,
           {F.getNameAsString()});
}

/// What goes with what it says to unwind edges, to the signature, or to who
/// calls it.
static void checkRaising(Unit &U, const FunctionDecl &F) {
  DiagnosticsEngine &Diags = U.CI.getDiagnostics();
  if (!F.getType()->isFunctionProtoType())
    report(Diags, F.getLocation(), DiagID::NoPrototype,
           {F.getNameAsString(), "raises"});
  if (F.isVariadic())
    report(Diags, F.getLocation(), DiagID::AttributeConflict,
           {"...",
            "where an error goes is an argument, which va_arg would count",
            "raise"});
  const char *Caller = "whoever calls it looks for no error";
  const char *Promise = "a call that raises does more than it promises";
  struct {
    const Attr *Found;
    const char *Name, *Why;
  } const Conflicts[] = {
      {F.getAttr<NoThrowAttr>(), "nothrow", Promise},
      {F.getAttr<ConstAttr>(), "const", Promise},
      {F.getAttr<PureAttr>(), "pure", Promise},
      {F.getAttr<NakedAttr>(), "naked", "its body is not the compiler's"},
      {F.getAttr<ConstructorAttr>(), "constructor", Caller},
      {F.getAttr<DestructorAttr>(), "destructor", Caller},
      {F.getAttr<AnyX86InterruptAttr>(), "interrupt", Caller},
      {F.getAttr<IFuncAttr>(), "ifunc", "its resolver is an ordinary function"},
      {F.getAttr<AliasAttr>(), "alias", "an alias has no signature of its own"},
      {F.getAttr<WeakRefAttr>(), "weakref",
       "an alias has no signature of its own"},
  };
  for (const auto &Row : Conflicts)
    if (Row.Found && Row.Found->getRange().isValid())
      report(Diags, F.getLocation(), DiagID::AttributeConflict,
             {Row.Name, Row.Why, "raise"});
}

void checkDeclaration(Unit &U, const FunctionDecl &F) {
  checkAlias(U, F);
  for (const auto *A : F.specific_attrs<SuppressAttr>())
    checkAllowance(U, *A);
  checkGeneric(U, F);
  checkParameters(U, F);
  checkTogether(U, F);
  if (effectsOf(F).raises() && !effectsOf(F).suspends()) {
    U.Raising[U.symbolName(F)] = &F;
    checkRaising(U, F);
  }
  if (!effectsOf(F).suspends())
    return checkRedeclaration(U, F);
  U.symbol(F);
  checkLimits(U, F);
  markResult(U.CI.getASTContext(), F);
  DiagnosticsEngine &Diags = U.CI.getDiagnostics();
  checkRedeclaration(U, F);
  if (!F.getType()->isFunctionProtoType())
    report(Diags, F.getLocation(), DiagID::NoPrototype,
           {F.getNameAsString(), "yields"});
  const char *Multiversion = MultiversionReason.data();
  struct {
    const Attr *Found;
    const char *Name, *Why;
  } const Conflicts[] = {
      {F.getAttr<NakedAttr>(), "naked", "it has no frame of its own"},
      {F.getAttr<ConstructorAttr>(), "constructor",
       "whoever starts the program would not resume it"},
      {F.getAttr<DestructorAttr>(), "destructor",
       "whoever ends the program would not resume it"},
      {F.getAttr<AnyX86InterruptAttr>(), "interrupt",
       "an interrupt returns to where it came from"},
      {F.getAttr<IFuncAttr>(), "ifunc", "its parts are resolved one by one"},
      {F.getAttr<AliasAttr>(), "alias", "its parts are separate functions"},
      {F.getAttr<WeakRefAttr>(), "weakref", "its parts are separate functions"},
      {F.getAttr<TargetClonesAttr>(), "target_clones", Multiversion},
      {F.getAttr<CPUDispatchAttr>(), "cpu_dispatch", Multiversion},
      {F.getAttr<CPUSpecificAttr>(), "cpu_specific", Multiversion},
  };
  for (const auto &Row : Conflicts)
    if (Row.Found && Row.Found->getRange().isValid())
      report(Diags, F.getLocation(), DiagID::AttributeConflict,
             {Row.Name, Row.Why, "yield"});
  if (blockingDeclaration(F))
    report(Diags, F.getLocation(), DiagID::AttributeConflict,
           {"coro_blocking", "a call to it waits and does not block", "yield"});
  if ((F.isWeak() || F.hasAttr<WeakAttr>()) && !declaredFrameLimit(F))
    report(Diags, F.getLocation(), DiagID::WeakYields, {F.getNameAsString()});
}

} // namespace coro
