//===-- CheckGenericCalls.cpp - Calls of functions that yield_as ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What such a call does is decided by its argument; Generics finds out. Here it
// is checked that enough is known, that the caller may do it, and the call is
// marked for effect-specialise.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Effects/Caller.h"
#include "Frontend/Effects/IndirectCalls.h"
#include "Frontend/Report.h"
#include "IR/Markers.h"
#include "clang/AST/ASTContext.h"

using namespace clang;

namespace coro {

/// What the argument raises is not known here, so it can only pass through.
static bool checkOwnRaise(const Caller &From, const CallExpr &Call) {
  if (!From.Catching && !From.InCleanup)
    return true;
  report(From.diags(), Call.getBeginLoc(), DiagID::GenericInTry, {From.name()});
  return false;
}

void callOwnArgument(const Caller &From, CallExpr &Call) {
  if (raisesAsPath(From.F) && !checkOwnRaise(From, Call))
    return;
  markIndirectCall(From.U.CI.getASTContext(), Call, OwnPointer, EffectSet());
  From.addCall({nullptr, Call.getBeginLoc()});
}

/// What a generic is given must be known well enough to compile it for that.
static std::string nameOf(const GenericArgument &As) {
  const NamedDecl *Given = As.Target;
  if (!Given)
    Given = As.Declared;
  return Given ? Given->getNameAsString() : "the function pointed to";
}

static bool failOther(const Caller &From, SourceLocation Where,
                      const FunctionDecl &Callee, const GenericArgument &As,
                      const EffectSet &Own) {
  report(From.diags(), Where, DiagID::CallNeedsRaises,
         {Callee.getNameAsString(), nameOf(As), As.Effects.Error.getAsString(),
          "raises '" + Own.Error.getAsString() + "'"});
  report(From.diags(), Callee.getLocation(), DiagID::DeclaredHere,
         {Callee.getNameAsString()});
  return false;
}

static bool failPassing(const Caller &From, SourceLocation Where,
                        const FunctionDecl &Callee, const GenericArgument &As,
                        const char *Does, const char *Word,
                        const EffectSet &Own) {
  report(From.diags(), Where, DiagID::GenericDoesNotPass,
         {Callee.getNameAsString(), nameOf(As), Does,
          std::string(Word) + "(" +
              (Own.YieldsAs.empty() ? Own.RaisesAs : Own.YieldsAs) + ")"});
  report(From.diags(), Callee.getLocation(), DiagID::DeclaredHere,
         {Callee.getNameAsString()});
  return false;
}

static bool checkArgument(const Caller &From, const CallExpr &Call,
                          const FunctionDecl &Callee,
                          const GenericArgument &As) {
  SourceLocation Where = As.Given ? As.Given->getExprLoc() : Call.getBeginLoc();
  std::string Name = Callee.getNameAsString();
  if (As.K == GenericArgument::Unknown) {
    report(From.diags(), Where, DiagID::GenericNotConstant, {Name});
    report(From.diags(), Callee.getLocation(), DiagID::DeclaredHere, {Name});
    return false;
  }
  EffectSet Own = effectsOf(Callee);
  // What it does not say, its body makes no place for.
  if (As.Effects.raises() && Own.RaisesAs.empty() && !Own.raises())
    return failPassing(From, Where, Callee, As, "raises", "raises_as", Own);
  if (Own.raises() && As.Effects.raises() &&
      !From.U.CI.getASTContext().hasSameType(Own.Error, As.Effects.Error))
    return failOther(From, Where, Callee, As, Own);
  if (As.Effects.suspends() && Own.YieldsAs.empty())
    return failPassing(From, Where, Callee, As, "yields", "yields_as", Own);
  if (As.K != GenericArgument::Pointer)
    return true;
  if (As.Effects.isGenerator()) {
    report(From.diags(), Where, DiagID::GenericGenerator, {Name});
    return false;
  }
  if (As.Limit)
    return true;
  report(From.diags(), Where, DiagID::GenericNeedsFrame, {Name});
  if (As.Declared && !isa<FunctionDecl>(As.Declared))
    report(From.diags(), As.Declared->getLocation(), DiagID::DeclaredHere,
           {As.Declared->getNameAsString()});
  return false;
}

static llvm::SmallVector<const Expr *, 8> argumentsOf(const CallExpr &Call) {
  return llvm::SmallVector<const Expr *, 8>(Call.arguments());
}

void checkGenericCall(const Caller &From, CallExpr &Call,
                      const FunctionDecl &Callee, const EffectPath &Path) {
  ASTContext &Context = From.U.CI.getASTContext();
  GenericArgument As =
      genericArgument(Context, &From.F, argumentsOf(Call), Path);
  if (!checkArgument(From, Call, Callee, As) ||
      !checkEffects(From, Call.getBeginLoc(), &Callee, effectsOf(Callee), &As))
    return;
  bool AsOwn = As.K == GenericArgument::Own;
  EffectSet Own = effectsOf(Callee);
  if (AsOwn && !Own.RaisesAs.empty() && !checkOwnRaise(From, Call))
    return;
  bool ByArgument =
      As.Effects.suspends() || AsOwn || As.K == GenericArgument::Flag;
  if (Own.suspends() || (ByArgument && !Own.YieldsAs.empty())) {
    const FunctionDecl *Given =
        As.K == GenericArgument::Function ? As.Target : nullptr;
    YieldingCall Use = {Callee.getCanonicalDecl(), Call.getBeginLoc(), false,
                        Given ? Given->getCanonicalDecl() : nullptr, AsOwn};
    // Cycles that a flag closes or opens are for the passes to find.
    if (As.K != GenericArgument::Flag)
      From.addCall(Use);
    From.FrameUses.push_back(Use);
    if (Given) {
      markResult(Context, *Given);
      From.FrameUses.push_back({Given->getCanonicalDecl(), Call.getBeginLoc()});
    }
  }
  if (Call.getDirectCallee())
    Call.setCallee(markCallAs(Context, *Call.getCallee(), As));
}

void checkGenericBlockOn(const Caller &From, const CallExpr &Call) {
  auto *Inner = const_cast<CallExpr *>(
      dyn_cast<CallExpr>(Call.getCallee()->IgnoreParenCasts()));
  const FunctionDecl *Marker = Inner ? Inner->getDirectCallee() : nullptr;
  if (!Marker || !Marker->getIdentifier() ||
      Marker->getName() != "__coro_block_on" || Inner->getNumArgs() < 2)
    return;
  const auto *Ref =
      dyn_cast<DeclRefExpr>(Inner->getArg(1)->IgnoreParenImpCasts());
  const auto *Generic = Ref ? dyn_cast<FunctionDecl>(Ref->getDecl()) : nullptr;
  std::optional<EffectPath> Path =
      Generic ? genericPath(*Generic) : std::nullopt;
  if (!Path)
    return;
  ASTContext &Context = From.U.CI.getASTContext();
  GenericArgument As =
      genericArgument(Context, &From.F, argumentsOf(Call), *Path);
  if (!checkArgument(From, Call, *Generic, As))
    return;
  if (!As.Effects.suspends() && As.K != GenericArgument::Own &&
      As.K != GenericArgument::Flag && !effectsOf(*Generic).suspends())
    report(From.diags(), Call.getBeginLoc(), DiagID::NotACoroutine,
           {"coro_block_on"});
  else if (From.Own.suspends() && !From.HasFlag)
    report(From.diags(), Call.getBeginLoc(), DiagID::BlockOnInCoroutine,
           {From.name(), Generic->getNameAsString()});
  else if (As.Effects.isGenerator())
    report(From.diags(), Call.getBeginLoc(), DiagID::BlockOnGenerator,
           {Generic->getNameAsString()});
  else if (checkRaised(From, Call.getBeginLoc(), *Generic, &As) &&
           (As.K != GenericArgument::Own || !raisesAsPath(*Generic) ||
            checkOwnRaise(From, Call)))
    Inner->setArg(1, markCallAs(Context, *Inner->getArg(1), As));
}

} // namespace coro
