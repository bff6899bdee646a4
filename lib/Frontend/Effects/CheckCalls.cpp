//===-- CheckCalls.cpp - Who may call a function that yields --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Walks what runs of a function's body once it is complete. The header's
// markers are ordinary calls to this walk, so that it sees coro_suspend() like
// any other.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Checks.h"
#include "Frontend/ClangCompat.h"
#include "Frontend/Effects/Arms.h"
#include "Frontend/Effects/BoxedCalls.h"
#include "Frontend/Effects/Caller.h"
#include "Frontend/Effects/Effects.h"
#include "Frontend/Effects/IndirectCalls.h"
#include "Frontend/Effects/OffloadedCalls.h"
#include "Frontend/Effects/PlainBoxes.h"
#include "Frontend/Effects/PointerEffects.h"
#include "Frontend/EvaluatedVisitor.h"
#include "Frontend/Generics/KnownFunctions.h"
#include "Frontend/LinkTime.h"
#include "Frontend/Raising/RaisingCalls.h"
#include "Frontend/Raising/TryBlocks.h"
#include "Frontend/Report.h"
#include "Frontend/Tasks/TaskFrames.h"
#include "Frontend/Tasks/TaskTypes.h"
#include "Frontend/Warnings/Warnings.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/Basic/Builtins.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;

namespace coro {

static bool returnsTwice(const FunctionDecl &F) {
  if (F.hasAttr<ReturnsTwiceAttr>())
    return true;
  static constexpr llvm::StringLiteral Names[] = {
      "setjmp",      "_setjmp", "__setjmp",   "sigsetjmp",
      "__sigsetjmp", "vfork",   "getcontext", "__builtin_setjmp"};
  return F.getIdentifier() && llvm::is_contained(Names, F.getName());
}

namespace {
class CallChecker : public EvaluatedVisitor<CallChecker> {
  Caller Self;
  Unit &U;
  const FunctionDecl &F;
  std::vector<YieldingCall> &FrameUses;
  const EffectSet &Own;
  SourceLocation LastNext;

  DiagnosticsEngine &diags() { return Self.diags(); }
  std::string name() const { return Self.name(); }
  bool isMarker(const FunctionDecl &Callee, llvm::StringRef Name) const {
    return Callee.getIdentifier() && Callee.getName() == Name;
  }

  void checkCallee(CallExpr &Call, const FunctionDecl &Callee);
  bool checkMarker(CallExpr &Call, const FunctionDecl &Callee);
  void checkYieldingCall(SourceLocation Where, const FunctionDecl &Callee);
  bool checkSuspend(SourceLocation Where, llvm::StringRef Word);
  void checkNext(const CallExpr &Call);
  void checkIndirect(const CallExpr &Call, const EffectSet &Says);
  void checkTryBox(CallExpr &Call);
  bool takesBox(CallExpr &Call, const FunctionDecl &Callee);
  void box(const CallExpr &Call, const EffectSet &Callee) {
    Boxes.push_back(
        {const_cast<CallExpr *>(&Call), Callee, Self.Catching, Self.Own.Error});
  }
  void checkTask(const CallExpr &Call, llvm::StringRef Word);
  void checkFrame(const CallExpr &Call, llvm::StringRef Word);

public:
  /// Plain calls to be rewritten.
  std::vector<PlainBox> Boxes;

  CallChecker(Unit &U, const FunctionDecl &F, YieldingCalls &Calls,
              std::vector<YieldingCall> &FrameUses)
      : EvaluatedVisitor(U.CI.getASTContext()), Self(U, F, Calls, FrameUses),
        U(U), F(F), FrameUses(FrameUses), Own(Self.Own) {}

  bool VisitCallExpr(CallExpr *Call) {
    if (const FunctionDecl *Callee = calledFunction(*Call))
      checkCallee(*Call, *Callee);
    else if (isOwnPath(&F, *Call->getCallee()))
      callOwnArgument(Self, *Call);
    else if (SaidEffects Says =
                 expressionSays(U.CI.getASTContext(), *Call->getCallee());
             Says && (Says->suspends() || Says->raises()))
      checkIndirect(*Call, *Says);
    else
      checkGenericBlockOn(Self, *Call);
    return true;
  }

  /// A cleanup function is called where its variable's scope ends.
  bool VisitVarDecl(VarDecl *D) {
    for (const auto *A : D->specific_attrs<SuppressAttr>())
      checkAllowance(U, *A);
    checkOperands(U, *D);
    const auto *Cleanup = D->getAttr<CleanupAttr>();
    if (!Cleanup)
      return true;
    const FunctionDecl &Called = *Cleanup->getFunctionDecl();
    llvm::SaveAndRestore In(Self.InCleanup, true);
    llvm::SaveAndRestore<const VarDecl *> Caught(Self.Catching, nullptr);
    llvm::SaveAndRestore Error(Self.Own.Error, QualType());
    if (declaredYields(Called))
      checkYieldingCall(D->getLocation(), Called);
    else if (effectsOf(Called).raises())
      checkEffects(Self, D->getLocation(), &Called, effectsOf(Called));
    return true;
  }

  bool TraverseDeferStmt(DeferStmt *S) {
    llvm::SaveAndRestore In(Self.InCleanup, true);
    llvm::SaveAndRestore<const VarDecl *> Caught(Self.Catching, nullptr);
    llvm::SaveAndRestore Error(Self.Own.Error, QualType());
    return TraverseStmt(deferredBody(S));
  }
  /// What is raised in the block of a coro_try is its coro_catch's.
  bool TraverseIfStmt(IfStmt *If) {
    const VarDecl *Caught = caughtBy(*If);
    if (!Caught) // one that is not complete was reported
      return isTry(*If) || EvaluatedVisitor::TraverseIfStmt(If);
    {
      llvm::SaveAndRestore Inside(Self.Catching, Caught);
      llvm::SaveAndRestore Error(Self.Own.Error, caughtType(*Caught));
      TraverseStmt(If->getThen());
    }
    return TraverseStmt(If->getElse());
  }

  bool VisitAttributedStmt(AttributedStmt *S) {
    for (const Attr *A : S->getAttrs())
      if (const auto *Allows = dyn_cast<SuppressAttr>(A))
        checkAllowance(U, *Allows);
    return true;
  }
};
} // namespace

void CallChecker::checkYieldingCall(SourceLocation Where,
                                    const FunctionDecl &Callee) {
  if (!checkEffects(Self, Where, &Callee, effectsOf(Callee)))
    return;
  markResult(U.CI.getASTContext(), Callee);
  Self.addCall({Callee.getCanonicalDecl(), Where});
  if (!defersToLink(U.CI))
    FrameUses.push_back({Callee.getCanonicalDecl(), Where});
}

/// Whether this function may wait here, by the header's Word.
bool CallChecker::checkSuspend(SourceLocation Where, llvm::StringRef Word) {
  std::string Call = (Word + "()").str();
  if (!Own.suspends())
    report(diags(), Where, DiagID::SuspendNeedsYields, {Call, name()},
           declareWith(F, "yields "));
  else if (!Own.Waits)
    report(diags(), Where, DiagID::GeneratorSuspends, {name(), Call},
           declareWith(F, "yields "));
  return Own.Waits;
}

/// coro_next, coro_send: a plain call unless the generator waits.
void CallChecker::checkNext(const CallExpr &Call) {
  SourceLocation Where = Call.getBeginLoc();
  if (Call.getArg(0)->containsErrors())
    return;
  const FunctionDecl *Task = functionOfTask(*Call.getArg(0));
  if (!Task || !effectsOf(*Task).isGenerator()) {
    report(diags(), Where, DiagID::NotAGenerator,
           {Task ? Task->getNameAsString() : "this"});
    return;
  }
  // coro_for begins and goes on, in one macro.
  SourceLocation Said = U.CI.getSourceManager().getFileLoc(Where);
  if (Said == LastNext)
    return;
  if (effectsOf(*Task).Waits && !Own.Waits) {
    LastNext = Said;
    report(diags(), Where, DiagID::NextNeedsYields,
           {name(), Task->getNameAsString()}, declareWith(F, "yields "));
    report(diags(), yieldsDeclaration(*Task)->getLocation(),
           DiagID::HasEffectsHere,
           {Task->getNameAsString(), effectsOf(*Task).print()});
  } else if (!checkRaised(Self, Where, *Task)) {
    LastNext = Said;
  }
}

/// coro_start, coro_for, coro_new and coro_block_on name a function. The frame
/// of coro_new is as large as the descriptor says.
void CallChecker::checkTask(const CallExpr &Call, llvm::StringRef Word) {
  bool BlocksOn = Word == "coro_block_on", IsNew = Word == "coro_new";
  if (Call.getArg(0)->containsErrors())
    return;
  const Expr &Named = *Call.getArg(IsNew ? 2 : 1);
  const auto *Ref = dyn_cast<DeclRefExpr>(Named.IgnoreParenImpCasts());
  const auto *Task = Ref ? dyn_cast<FunctionDecl>(Ref->getDecl()) : nullptr;
  SourceLocation Where = Call.getBeginLoc();
  bool ByArgument = Task && !declaredYields(*Task) && declaredGeneric(*Task);
  // What coro_block_on runs, its arguments say: see checkGenericBlockOn.
  if (markedFunction(Named) || (ByArgument && BlocksOn))
    return;
  if (ByArgument)
    report(diags(), Where, DiagID::GenericTask, {Task->getNameAsString()});
  else if (!Task || !declaredYields(*Task))
    report(diags(), Where, DiagID::NotACoroutine, {Word.str()});
  else if (BlocksOn && Own.suspends() && !Self.HasFlag)
    report(diags(), Where, DiagID::BlockOnInCoroutine,
           {name(), Task->getNameAsString()});
  else if (BlocksOn && effectsOf(*Task).isGenerator())
    report(diags(), Where, DiagID::BlockOnGenerator, {Task->getNameAsString()});
  else if (!BlocksOn && Task->isVariadic())
    report(diags(), Where, DiagID::VariadicTask, {Task->getNameAsString()});
  else if (!BlocksOn || checkRaised(Self, Where, *Task)) {
    markResult(U.CI.getASTContext(), *Task);
    if (BlocksOn)
      U.ExecutorUses.push_back(
          {Task, Where, "coro_block_on", /*OneTask=*/true});
    if (!IsNew && !(BlocksOn && defersToLink(U.CI)))
      FrameUses.push_back({Task->getCanonicalDecl(), Where});
  }
}

/// coro_try_box: a call whose frame is not in ours.
void CallChecker::checkTryBox(CallExpr &Call) {
  SourceLocation Where = Call.getBeginLoc();
  const Expr *Callee = boxedCallee(U, F, Call);
  if (!Callee)
    return;
  SaidEffects Says = expressionSays(U.CI.getASTContext(), *Callee);
  if (!checkEffects(Self, Where, namedBy(*Callee), *Says) ||
      !markBoxedResult(U, Call, *Says))
    return;
  if (const auto *Named = dyn_cast_or_null<FunctionDecl>(namedBy(*Callee))) {
    markResult(U.CI.getASTContext(), *Named);
    Self.addCall({Named->getCanonicalDecl(), Where, /*Boxed=*/true});
  }
}

/// A plain call whose frame is not in ours either: where there is no memory, it
/// raises.
bool CallChecker::takesBox(CallExpr &Call, const FunctionDecl &Callee) {
  if (!mayRaiseRefusal(Self) || !mayCallBack(Self, Callee))
    return false;
  if (checkEffects(Self, Call.getBeginLoc(), &Callee, effectsOf(Callee))) {
    markResult(U.CI.getASTContext(), Callee);
    Self.addCall({Callee.getCanonicalDecl(), Call.getBeginLoc(),
                  /*Boxed=*/true});
    box(Call, effectsOf(Callee));
  }
  return true;
}

/// coro_poll and coro_erase take the code from the type of the task.
void CallChecker::checkFrame(const CallExpr &Call, llvm::StringRef Word) {
  const Expr &Frame = *Call.getArg(0)->IgnoreParenImpCasts();
  if (isTaskFrame(Frame) || Frame.containsErrors())
    return;
  report(diags(), Call.getBeginLoc(), DiagID::NotATask, {Word.str(), name()});
  if (const auto *Member = dyn_cast<MemberExpr>(&Frame))
    report(diags(), Member->getMemberDecl()->getLocation(),
           DiagID::DeclaredHere, {Member->getMemberDecl()->getNameAsString()});
}

/// True for one of the header's markers.
bool CallChecker::checkMarker(CallExpr &Call, const FunctionDecl &Callee) {
  SourceLocation Where = Call.getBeginLoc();
  if (llvm::StringRef Word = waitingWord(Callee); !Word.empty()) {
    if (checkSuspend(Where, Word))
      checkArms(U, Callee, Call);
    if (Own.Waits && raisesAsTasks(Callee))
      checkRaisingArms(Self, Call, Word);
  } else if (isMarker(Callee, "__coro_suspend")) {
    checkSuspend(Where, "coro_suspend");
  } else if (isMarker(Callee, "__coro_self")) {
    if (!Own.suspends())
      report(diags(), Where, DiagID::SelfNeedsYields, {"coro_self()", name()});
  } else if (isMarker(Callee, "__coro_bind")) {
    checkTask(Call, "coro_start");
  } else if (isMarker(Callee, "__coro_begin")) {
    checkTask(Call, "coro_for");
    checkNext(Call);
  } else if (isMarker(Callee, "__coro_block_on")) {
    checkTask(Call, "coro_block_on");
  } else if (isMarker(Callee, "__coro_new")) {
    checkTask(Call, "coro_new");
  } else if (isMarker(Callee, "__coro_offload")) {
    if (checkSuspend(Where, "coro_offload"))
      checkOffload(U, Call);
  } else if (isMarker(Callee, "__coro_try_box")) {
    checkTryBox(Call);
  } else if (isMarker(Callee, "__coro_poll")) {
    checkFrame(Call, "coro_poll");
  } else if (isMarker(Callee, "__coro_cancel_now")) {
    checkFrame(Call, "coro_cancel_now");
    if (FunctionDecl *Task = functionOfTask(*Call.getArg(0)))
      U.CancelNows.push_back({U.symbolName(F), U.symbolName(*Task), Where});
  } else if (isMarker(Callee, "__coro_request_cancel")) {
    checkFrame(Call, "coro_request_cancel");
  } else if (isMarker(Callee, "__coro_of")) {
    checkFrame(Call, "coro_erase");
  } else if (isMarker(Callee, "__coro_next")) {
    checkNext(Call);
  } else if (!isMarker(Callee, "__coro_poll") &&
             !isMarker(Callee, "__coro_of")) {
    return isMarker(Callee, "__coro_yield"); // its value was looked up
  }
  return true;
}

void CallChecker::checkCallee(CallExpr &Call, const FunctionDecl &Callee) {
  if (checkMarker(Call, Callee)) {
    markTaskFrame(U.CI.getASTContext(), Callee, Call);
    return;
  }
  if (std::optional<EffectPath> Path = genericPath(Callee))
    return checkGenericCall(Self, Call, Callee, *Path);
  EffectSet Effects = effectsOf(Callee);
  if (Effects.suspends()) {
    if (!takesBox(Call, Callee))
      checkYieldingCall(Call.getBeginLoc(), Callee);
  } else if (Effects.raises())
    checkEffects(Self, Call.getBeginLoc(), &Callee, Effects);
  else if (Own.suspends() && returnsTwice(Callee))
    report(diags(), Call.getBeginLoc(), DiagID::SetjmpInCoroutine,
           {Callee.getNameAsString(), name()});
}

void CallChecker::checkIndirect(const CallExpr &Call, const EffectSet &Says) {
  const ValueDecl *Pointer = namedBy(*Call.getCallee());
  SourceLocation Where = Call.getBeginLoc();
  if (!checkEffects(Self, Where, Pointer, Says))
    return;
  if (!Says.suspends())
    return markRaisingCall(U.CI.getASTContext(), const_cast<CallExpr &>(Call));
  auto Limit = expressionFrameLimit(*Call.getCallee());
  if (!Limit && mayRaiseRefusal(Self))
    return box(Call, Says);
  // A cycle has no finite frame, whatever the pointers on it promise.
  if (const FunctionDecl *Known =
          knownFunction(U.CI.getASTContext(), *Call.getCallee()))
    Self.addCall({Known->getCanonicalDecl(), Where});
  if (Limit) {
    markIndirectCall(U.CI.getASTContext(), const_cast<CallExpr &>(Call), *Limit,
                     Says);
  } else {
    report(diags(), Where, DiagID::IndirectNeedsFrame, {otherThanTryBox(F)});
    if (Pointer)
      report(diags(), Pointer->getLocation(), DiagID::DeclaredHere,
             {Pointer->getNameAsString()});
  }
}

void checkFunction(Unit &U, const FunctionDecl &F, YieldingCalls &Calls,
                   std::vector<YieldingCall> &FrameUses) {
  checkDeclaration(U, F);
  if (!F.doesThisDeclarationHaveABody())
    return;
  CallChecker Check(U, F, Calls, FrameUses);
  Check.TraverseStmt(F.getBody());
  boxCalls(U, F, Check.Boxes);
}

} // namespace coro
