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
#include "Frontend/Effects.h"
#include "Frontend/IndirectCalls.h"
#include "Frontend/Report.h"
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
  void checkYieldingCall(const CallExpr &Call, const FunctionDecl &Callee);
  void checkIndirect(const CallExpr &Call, const Decl &Pointer);
  void checkTask(const CallExpr &Call, bool IsTask);

public:
  CallChecker(Unit &U, const FunctionDecl &F, YieldingCalls &Calls,
              std::vector<YieldingCall> &FrameUses)
      : U(U), F(F), Calls(Calls), FrameUses(FrameUses),
        Yields(declaredYields(F)) {}

  bool VisitCallExpr(CallExpr *Call) {
    if (const FunctionDecl *Callee = Call->getDirectCallee())
      checkCallee(*Call, *Callee);
    else if (const Decl *Pointer = calleeDeclaration(*Call))
      checkIndirect(*Call, *Pointer);
    return true;
  }

  // Not evaluated, so nothing in it runs.
  bool TraverseUnaryExprOrTypeTraitExpr(UnaryExprOrTypeTraitExpr *E) {
    return E->getKind() != UETT_SizeOf ||
           !E->getTypeOfArgument()->isVariableArrayType() ||
           RecursiveASTVisitor::TraverseUnaryExprOrTypeTraitExpr(E);
  }
  bool TraverseTypeOfExprTypeLoc(TypeOfExprTypeLoc, bool = true) {
    return true;
  }
  bool TraverseGenericSelectionExpr(GenericSelectionExpr *E) {
    return E->isResultDependent() || TraverseStmt(E->getResultExpr());
  }
  bool TraverseStaticAssertDecl(StaticAssertDecl *) { return true; }
};
} // namespace

void CallChecker::checkYieldingCall(const CallExpr &Call,
                                    const FunctionDecl &Callee) {
  SourceLocation Where = Call.getBeginLoc();
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
  else if (IsTask && Task->isVariadic())
    report(diags(), Where, DiagID::VariadicTask, {Task->getNameAsString()});
  else {
    markResult(U.CI.getASTContext(), *Task);
    FrameUses.push_back({Task->getCanonicalDecl(), Where});
  }
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
  } else if (declaredYields(Callee)) {
    checkYieldingCall(Call, Callee);
  } else if (Yields && returnsTwice(Callee)) {
    report(diags(), Where, DiagID::SetjmpInCoroutine,
           {Callee.getNameAsString(), name()});
  }
}

void CallChecker::checkIndirect(const CallExpr &Call, const Decl &Pointer) {
  if (!declaredYields(Pointer))
    return;
  SourceLocation Where = Call.getBeginLoc();
  std::string Name = cast<NamedDecl>(Pointer).getNameAsString();
  if (!Yields) {
    report(diags(), Where, DiagID::CallNeedsYields, {name(), Name});
    report(diags(), yieldsDeclaration(Pointer)->getLocation(),
           DiagID::YieldsHere, {Name});
  } else if (!declaredFrameLimit(Pointer)) {
    report(diags(), Where, DiagID::IndirectNeedsFrame, {});
    report(diags(), Pointer.getLocation(), DiagID::DeclaredHere, {Name});
  } else {
    markIndirectCall(U.CI.getASTContext(), const_cast<CallExpr &>(Call),
                     *declaredFrameLimit(Pointer));
  }
}

void checkDeclaration(Unit &U, const FunctionDecl &F) {
  const Decl *Said = yieldsDeclaration(F);
  if (!Said)
    return;
  U.symbol(F);
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
