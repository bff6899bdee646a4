//===-- CheckCalls.cpp - Who may call a function that yields --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Walks the body of a function once it is complete. What is not evaluated
// (sizeof, typeof, _Generic's other arms) suspends nothing and is not looked
// at. The header's markers are ordinary calls to this walk, so that it sees
// coro_suspend() like any other.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Checks.h"
#include "Frontend/ClangCompat.h"
#include "Frontend/Effects.h"
#include "Frontend/IndirectCalls.h"
#include "Frontend/PointerEffects.h"
#include "Frontend/Report.h"
#include "Frontend/TaskTypes.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/Builtins.h"
#include "clang/Basic/SourceManager.h"

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
class CallChecker : public RecursiveASTVisitor<CallChecker> {
  Unit &U;
  const FunctionDecl &F;
  YieldingCalls &Calls;
  std::vector<YieldingCall> &FrameUses;
  bool Yields;

  DiagnosticsEngine &diags() { return U.CI.getDiagnostics(); }
  std::string name() const { return F.getNameAsString(); }
  bool isMarker(const FunctionDecl &Callee, llvm::StringRef Name) const {
    return Callee.getIdentifier() && Callee.getName() == Name;
  }

  void checkCallee(const CallExpr &Call, const FunctionDecl &Callee);
  void checkYieldingCall(SourceLocation Where, const FunctionDecl &Callee);
  void checkIndirect(const CallExpr &Call);
  void checkTask(const CallExpr &Call, bool IsTask);
  void checkFrame(const CallExpr &Call, llvm::StringRef Word);
  bool isEvaluated(const CallExpr &Call) const;

public:
  CallChecker(Unit &U, const FunctionDecl &F, YieldingCalls &Calls,
              std::vector<YieldingCall> &FrameUses)
      : U(U), F(F), Calls(Calls), FrameUses(FrameUses),
        Yields(declaredYields(F)) {}

  bool VisitCallExpr(CallExpr *Call) {
    if (const FunctionDecl *Callee = Call->getDirectCallee())
      checkCallee(*Call, *Callee);
    else if (expressionSays(U.CI.getASTContext(), *Call->getCallee()) ==
             Says::Yields)
      checkIndirect(*Call);
    return true;
  }

  /// A cleanup function is called where its variable's scope ends.
  bool VisitVarDecl(VarDecl *D) {
    if (const auto *Cleanup = D->getAttr<CleanupAttr>())
      if (const FunctionDecl *Called = Cleanup->getFunctionDecl();
          declaredYields(*Called))
        checkYieldingCall(D->getLocation(), *Called);
    return true;
  }

  // Not evaluated, so nothing in it runs.
  bool TraverseChooseExpr(ChooseExpr *E) {
    return TraverseStmt(E->getChosenSubExpr());
  }
  bool TraverseCallExpr(CallExpr *Call) {
    return !isEvaluated(*Call) || RecursiveASTVisitor::TraverseCallExpr(Call);
  }
  // The sizes in a type are children of the expression as well: visit one.
  bool TraverseUnaryExprOrTypeTraitExpr(UnaryExprOrTypeTraitExpr *E) {
    if (!isSizeOrCount(*E) || !E->getTypeOfArgument()->isVariableArrayType())
      return true;
    return E->isArgumentType()
               ? TraverseTypeLoc(E->getArgumentTypeInfo()->getTypeLoc())
               : TraverseStmt(E->getArgumentExpr());
  }
  bool TraverseTypeOfExprTypeLoc(TypeOfExprTypeLoc L, bool = true) {
    Expr *E = L.getUnderlyingExpr();
    return !E->getType()->isVariablyModifiedType() || TraverseStmt(E);
  }
  bool TraverseTypeTraitExpr(TypeTraitExpr *) { return true; }
  bool TraverseGenericSelectionExpr(GenericSelectionExpr *E) {
    return E->isResultDependent() || TraverseStmt(E->getResultExpr());
  }
  bool TraverseStaticAssertDecl(StaticAssertDecl *) { return true; }
};
} // namespace

bool CallChecker::isEvaluated(const CallExpr &Call) const {
  ASTContext &Context = U.CI.getASTContext();
  if (Call.isUnevaluatedBuiltinCall(Context))
    return false;
  // clang drops an assumption that would do something.
  return Call.getBuiltinCallee() != Builtin::BI__builtin_assume ||
         !Call.getArg(0)->HasSideEffects(Context);
}

void CallChecker::checkYieldingCall(SourceLocation Where,
                                    const FunctionDecl &Callee) {
  if (!Yields) {
    report(diags(), Where, DiagID::CallNeedsYields,
           {name(), Callee.getNameAsString()});
    report(diags(), yieldsDeclaration(Callee)->getLocation(),
           DiagID::YieldsHere, {Callee.getNameAsString()});
    return;
  }
  markResult(U.CI.getASTContext(), Callee);
  Calls[F.getCanonicalDecl()].push_back({Callee.getCanonicalDecl(), Where});
  FrameUses.push_back({Callee.getCanonicalDecl(), Where});
}

/// coro_start and coro_block_on name a function whose frame they need.
void CallChecker::checkTask(const CallExpr &Call, bool IsTask) {
  const auto *Ref = dyn_cast<DeclRefExpr>(
      Call.getArg(Call.getNumArgs() - 1)->IgnoreParenImpCasts());
  const auto *Task = Ref ? dyn_cast<FunctionDecl>(Ref->getDecl()) : nullptr;
  SourceLocation Where = Call.getBeginLoc();
  if (!Task || !declaredYields(*Task))
    report(diags(), Where, DiagID::NotACoroutine,
           {IsTask ? "coro_start" : "coro_block_on"});
  else if (!IsTask && Yields)
    report(diags(), Where, DiagID::BlockOnInCoroutine,
           {name(), Task->getNameAsString()});
  else if (IsTask && Task->isVariadic())
    report(diags(), Where, DiagID::VariadicTask, {Task->getNameAsString()});
  else {
    markResult(U.CI.getASTContext(), *Task);
    FrameUses.push_back({Task->getCanonicalDecl(), Where});
  }
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

void CallChecker::checkCallee(const CallExpr &Call,
                              const FunctionDecl &Callee) {
  SourceLocation Where = Call.getBeginLoc();
  if (isMarker(Callee, "__coro_suspend")) {
    if (!Yields)
      report(diags(), Where, DiagID::SuspendNeedsYields,
             {"coro_suspend()", name()});
  } else if (isMarker(Callee, "__coro_self")) {
    if (!Yields)
      report(diags(), Where, DiagID::SelfNeedsYields, {"coro_self()", name()});
  } else if (isMarker(Callee, "__coro_bind") ||
             isMarker(Callee, "__coro_block_on")) {
    checkTask(Call, isMarker(Callee, "__coro_bind"));
  } else if (isMarker(Callee, "__coro_poll")) {
    checkFrame(Call, "coro_poll");
  } else if (isMarker(Callee, "__coro_of")) {
    checkFrame(Call, "coro_erase");
  } else if (declaredYields(Callee)) {
    checkYieldingCall(Where, Callee);
  } else if (Yields && returnsTwice(Callee)) {
    report(diags(), Where, DiagID::SetjmpInCoroutine,
           {Callee.getNameAsString(), name()});
  }
}

void CallChecker::checkIndirect(const CallExpr &Call) {
  const ValueDecl *Pointer = namedBy(*Call.getCallee());
  std::string Name =
      Pointer ? Pointer->getNameAsString() : "the function pointed to";
  SourceLocation Where = Call.getBeginLoc();
  if (!Yields) {
    report(diags(), Where, DiagID::CallNeedsYields, {name(), Name});
    if (const Decl *Said = Pointer ? yieldsDeclaration(*Pointer) : nullptr)
      report(diags(), Said->getLocation(), DiagID::YieldsHere, {Name});
  } else if (auto Limit = expressionFrameLimit(*Call.getCallee())) {
    markIndirectCall(U.CI.getASTContext(), const_cast<CallExpr &>(Call),
                     *Limit);
  } else {
    report(diags(), Where, DiagID::IndirectNeedsFrame, {});
    if (Pointer)
      report(diags(), Pointer->getLocation(), DiagID::DeclaredHere, {Name});
  }
}

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
  if (Alias && !declaredYields(F) && U.ByName.count(Alias->getAliasee()))
    report(U.CI.getDiagnostics(), F.getLocation(), DiagID::AttributeConflict,
           {"alias", "its parts are separate functions"});
}

void checkDeclaration(Unit &U, const FunctionDecl &F) {
  checkAlias(U, F);
  const Decl *Said = yieldsDeclaration(F);
  if (!Said)
    return;
  U.symbol(F);
  checkLimits(U, F);
  markResult(U.CI.getASTContext(), F);
  DiagnosticsEngine &Diags = U.CI.getDiagnostics();
  const FunctionDecl *First = F.getFirstDecl();
  bool FirstSays = any_of(First->specific_attrs<AnnotateAttr>(), [](auto *A) {
    return A->getAnnotation() == "coro.yields";
  });
  if (!FirstSays && Said == &F) {
    report(Diags, F.getLocation(), DiagID::Redeclared, {F.getNameAsString()});
    report(Diags, First->getLocation(), DiagID::DeclaredHere,
           {F.getNameAsString()});
  }
  if (!F.getType()->isFunctionProtoType())
    report(Diags, F.getLocation(), DiagID::NoPrototype, {F.getNameAsString()});
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
             {Row.Name, Row.Why});
  if ((F.isWeak() || F.hasAttr<WeakAttr>()) && !declaredFrameLimit(F))
    report(Diags, F.getLocation(), DiagID::WeakYields, {F.getNameAsString()});
}

void checkFunction(Unit &U, const FunctionDecl &F, YieldingCalls &Calls,
                   std::vector<YieldingCall> &FrameUses) {
  checkDeclaration(U, F);
  if (F.doesThisDeclarationHaveABody())
    CallChecker(U, F, Calls, FrameUses).TraverseStmt(F.getBody());
}

} // namespace coro
