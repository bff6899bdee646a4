//===-- TryBlocks.cpp - coro_try, coro_catch and coro_raise ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The header's macros are what C can parse:
//
//   if (__coro_try(0)) A else for (E e = *(E *)__coro_caught();;) B
//
// where the loop is there for its declaration alone. Before clang generates
// code, that becomes
//
//   {
//     E e;
//     if (__coro_try(&e)) {
//       void *guard __attribute__((cleanup(__coro_try_end))) = &e;
//       A
//     } else
//       B
//   }
//
// so that break and continue in B are those of the program's loops, and what is
// raised in A is written straight to e; see Analysis/UnwindPaths. And
//
//   __coro_raise(0, v)   becomes   __coro_raise((e = v, 0))
//
// with the e of the coro_try around it, or else the place for what the function
// raises.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Raising/TryBlocks.h"
#include "Frontend/ClangCompat.h"
#include "Frontend/Effects/Effects.h"
#include "Frontend/MarkerCalls.h"
#include "Frontend/Raising/ShieldBlocks.h"
#include "Frontend/Raising/TryJumps.h"
#include "Frontend/Report.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/Sema/Sema.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;

namespace coro {

static constexpr llvm::StringLiteral TryName = "__coro_try";
static constexpr llvm::StringLiteral RaiseName = "__coro_raise";

/// The call of __coro_try that decides, or null.
static CallExpr *tryCall(const IfStmt &If) {
  const Expr *Cond = If.getCond();
  if (!Cond || !isCallOf(*Cond, TryName))
    return nullptr;
  return const_cast<CallExpr *>(cast<CallExpr>(Cond->IgnoreParenImpCasts()));
}

bool isTry(const IfStmt &If) { return tryCall(If); }

const VarDecl *caughtBy(const IfStmt &If) {
  const CallExpr *Call = tryCall(If);
  if (!Call || Call->getNumArgs() != 1)
    return nullptr;
  const auto *Address =
      dyn_cast<UnaryOperator>(Call->getArg(0)->IgnoreParenCasts());
  const auto *Ref =
      Address ? dyn_cast<DeclRefExpr>(Address->getSubExpr()) : nullptr;
  return Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
}

QualType caughtType(const VarDecl &Caught) {
  return asWritten(Caught.getASTContext(), Caught.getType());
}

/// The variable of a coro_catch as the macro declares it, or null.
static VarDecl *declaredCatch(const ForStmt *Container) {
  const auto *Declares =
      Container ? dyn_cast_or_null<DeclStmt>(Container->getInit()) : nullptr;
  if (!Declares || !Declares->isSingleDecl())
    return nullptr;
  auto *E = dyn_cast<VarDecl>(const_cast<Decl *>(Declares->getSingleDecl()));
  const Expr *Init = E ? E->getInit() : nullptr;
  const auto *Load =
      Init ? dyn_cast<UnaryOperator>(Init->IgnoreParenImpCasts()) : nullptr;
  return Load && isCallOf(*Load->getSubExpr()->IgnoreParenCasts(),
                          "__coro_caught")
             ? E
             : nullptr;
}

namespace {
class Completer {
  Unit &U;
  ASTContext &Context;
  const FunctionDecl &F;
  TryJumps Jumps;
  /// Of the innermost block that is being tried.
  VarDecl *Catching = nullptr;
  bool CanBreak = false, CanContinue = false, InCleanup = false;
  std::vector<std::pair<unsigned, Stmt *>> Defers;
  /// The number of the next shield.
  unsigned NextShield = 0;

  void complete(Stmt *&Place, IfStmt &If, CallExpr &Call);
  void completeRaise(CallExpr &Call);
  Expr *errorPlace(SourceLocation Where, const Expr &Given, QualType &T);
  Stmt *guarded(IfStmt &If, VarDecl &E);
  void walkChildren(Stmt &S, const Stmt *Only = nullptr);
  void checkInDefer(const Stmt &S);
  void checkLeaving(const Stmt &S, bool Can, llvm::StringRef Word);

public:
  bool HasTry = false;

  Completer(Unit &U, const FunctionDecl &F)
      : U(U), Context(U.CI.getASTContext()), F(F), Jumps(U, F) {}
  void walk(Stmt *&Place);
  void finish();
};
} // namespace

void Completer::walkChildren(Stmt &S, const Stmt *Only) {
  for (Stmt *&Child : S.children())
    if (!Only || Child == Only)
      walk(Child);
}

/// What Sema has taken for the loop may have been a coro_catch.
void Completer::checkLeaving(const Stmt &S, bool Can, llvm::StringRef Word) {
  if (!Can && !namesItsLoop(S))
    report(U.CI.getDiagnostics(), S.getBeginLoc(), DiagID::LeavesNoLoop,
           {Word.str()});
}

/// clang makes two copies of a _Defer, and has one label and one place for
/// both.
void Completer::checkInDefer(const Stmt &S) {
  const auto *Declares = dyn_cast<DeclStmt>(&S);
  bool IsArray = Declares && llvm::any_of(Declares->decls(), [](const Decl *D) {
                   const auto *V = dyn_cast<VarDecl>(D);
                   return V && V->getType()->isVariablyModifiedType();
                 });
  if (InCleanup && needsEdges(F) && (IsArray || isa<LabelStmt>(S)))
    report(
        U.CI.getDiagnostics(), S.getBeginLoc(), DiagID::Unsupported,
        {IsArray ? "an array of variable length in a _Defer"
                 : "a label in a _Defer",
         F.getNameAsString(),
         "its block also runs where the scope is left by unwinding, and clang "
         "has one of them for both; put the block into a function"});
}

void Completer::walk(Stmt *&Place) {
  Stmt *S = Place;
  if (!S)
    return;
  Jumps.see(*S);
  checkInDefer(*S);
  if (auto *If = dyn_cast<IfStmt>(S))
    if (CallExpr *Call = tryCall(*If); Call && !caughtBy(*If))
      return complete(Place, *If, *Call);
  if (auto *If = dyn_cast<IfStmt>(S))
    if (Stmt *Body = shieldedStatement(*If)) {
      Place = shielded(*Body, F, NextShield++);
      Jumps.enter(*If);
      walkChildren(*Place);
      return Jumps.leave();
    }
  if (auto *Declares = dyn_cast<DeclStmt>(S))
    shieldCleanups(*Declares, F, NextShield);
  if (auto *Choice = dyn_cast<ChooseExpr>(S))
    return walkChildren(*S, Choice->getChosenSubExpr());
  if (auto *Choice = dyn_cast<GenericSelectionExpr>(S);
      Choice && !Choice->isResultDependent())
    return walkChildren(*S, Choice->getResultExpr());
  if (isa<BreakStmt>(S))
    return checkLeaving(*S, CanBreak, "break");
  if (isa<ContinueStmt>(S))
    return checkLeaving(*S, CanContinue, "continue");
  llvm::SaveAndRestore Break(CanBreak), Continue(CanContinue);
  llvm::SaveAndRestore Cleanup(InCleanup);
  llvm::SaveAndRestore Caught(Catching);
  if (isa<ForStmt, WhileStmt, DoStmt>(S))
    CanBreak = CanContinue = true;
  else if (isa<SwitchStmt>(S))
    CanBreak = true;
  else if (isDefer(*S)) {
    CanBreak = CanContinue = false;
    InCleanup = true;
    Catching = nullptr;
    Defers.push_back({NextShield++, S});
  }
  walkChildren(*S);
  if (auto *Call = dyn_cast<CallExpr>(S);
      Call && isCallOf(*Call, RaiseName) && Call->getNumArgs() == 2)
    completeRaise(*Call);
}

static Expr *addressOf(VarDecl &E, SourceLocation Where) {
  ASTContext &Context = E.getASTContext();
  auto *Ref =
      DeclRefExpr::Create(Context, NestedNameSpecifierLoc(), SourceLocation(),
                          &E, false, Where, E.getType(), VK_LValue);
  auto *Address = UnaryOperator::Create(
      Context, Ref, UO_AddrOf, Context.getPointerType(E.getType()), VK_PRValue,
      OK_Ordinary, Where, false, FPOptionsOverride());
  return implicitCast(Context, Context.VoidPtrTy, CK_BitCast, Address);
}

/// The block with its guard.
Stmt *Completer::guarded(IfStmt &If, VarDecl &E) {
  SourceLocation Where = If.getBeginLoc();
  auto *Guard = VarDecl::Create(
      Context, E.getDeclContext(), Where, Where,
      &Context.Idents.get("__coro_guard"), Context.VoidPtrTy,
      Context.getTrivialTypeSourceInfo(Context.VoidPtrTy), SC_None);
  Guard->setImplicit();
  Guard->setInit(addressOf(E, Where));
  Guard->addAttr(CleanupAttr::CreateImplicit(
      Context, findMarker(Context, "__coro_try_end")));
  Guard->addAttr(NoDebugAttr::CreateImplicit(Context));
  Stmt *Declares = new (Context) DeclStmt(DeclGroupRef(Guard), Where, Where);
  Stmt *Both[] = {Declares, If.getThen()};
  return CompoundStmt::Create(Context, Both, FPOptionsOverride(), Where,
                              If.getThen()->getEndLoc());
}

void Completer::complete(Stmt *&Place, IfStmt &If, CallExpr &Call) {
  HasTry = true;
  SourceLocation Where = If.getBeginLoc();
  auto *Container = dyn_cast_or_null<ForStmt>(If.getElse());
  VarDecl *E = declaredCatch(Container);
  if (!E) {
    // Where the catch is there and wrong, clang has said so.
    if (!Container || !U.CI.getDiagnostics().hasErrorOccurred())
      report(U.CI.getDiagnostics(), Where, DiagID::TryWithoutCatch, {});
    return;
  }
  Stmt *Then = If.getThen(), *Else = Container->getBody();
  {
    llvm::SaveAndRestore Inside(Catching, E);
    Jumps.enter(If);
    walk(Then);
    Jumps.leave();
  }
  walk(Else);
  If.setThen(Then);
  E->setInit(nullptr);
  auto *Declares = new (Context) DeclStmt(DeclGroupRef(E), Where, Where);
  auto *Decides =
      callMarker(Context, *Call.getDirectCallee(), addressOf(*E, Where), Where);
  Decides->setType(Context.IntTy);
  auto *Chosen =
      IfStmt::Create(Context, Where, IfStatementKind::Ordinary, nullptr,
                     nullptr, Decides, If.getLParenLoc(), If.getRParenLoc(),
                     guarded(If, *E), If.getElseLoc(), Else);
  Stmt *Both[] = {Declares, Chosen};
  Place = CompoundStmt::Create(Context, Both, FPOptionsOverride(), Where,
                               If.getEndLoc());
}

/// Where an error goes, as a pointer to a T: to the coro_catch or the caller.
static Expr *placeFor(ASTContext &Context, VarDecl *Catching, QualType T,
                      SourceLocation Where) {
  Expr *Place =
      Catching ? addressOf(*Catching, Where)
               : callMarker(Context, *findMarker(Context, "__coro_error_place"),
                            {}, Where);
  return implicitCast(Context, Context.getPointerType(T), CK_BitCast, Place);
}

/// Where an error goes that is raised here, as a pointer to a T; null, with a
/// message, where none may be.
Expr *Completer::errorPlace(SourceLocation Where, const Expr &Given,
                            QualType &T) {
  EffectSet Own = effectsOf(F);
  T = Catching ? caughtType(*Catching) : Own.Error;
  if (InCleanup && !Catching) {
    report(U.CI.getDiagnostics(), Where, DiagID::RaiseInCleanup,
           {F.getNameAsString(), "coro_raise"});
    return nullptr;
  }
  if (T.isNull()) {
    std::string E =
        asWritten(Context, Given.IgnoreImpCasts()->getType()).getAsString();
    report(U.CI.getDiagnostics(), Where, DiagID::RaiseNeedsRaises,
           {F.getNameAsString(), E},
           F.isMain() ? llvm::SmallVector<FixItHint, 2>()
                      : declareWith(F, "raises(" + E + ") "));
    return nullptr;
  }
  return placeFor(Context, Catching, T, Where);
}

/// (*place = given, (void *)0)
static Expr *stored(Unit &U, Expr *Place, QualType T, Expr *Given,
                    SourceLocation Where) {
  ASTContext &Context = U.CI.getASTContext();
  Expr *Error =
      UnaryOperator::Create(Context, Place, UO_Deref, T, VK_LValue, OK_Ordinary,
                            Where, false, FPOptionsOverride());
  ExprResult Assign =
      U.CI.getSema().CreateBuiltinBinOp(Where, BO_Assign, Error, Given);
  if (Assign.isInvalid())
    return nullptr;
  Expr *Null = implicitCast(Context, Context.VoidPtrTy, CK_NullToPointer,
                            IntegerLiteral::Create(Context, llvm::APInt(32, 0),
                                                   Context.IntTy, Where));
  return BinaryOperator::Create(Context, Assign.get(), Null, BO_Comma,
                                Context.VoidPtrTy, VK_PRValue, OK_Ordinary,
                                Where, FPOptionsOverride());
}

Expr *raise(Unit &U, VarDecl *Catching, QualType T, Expr *Value,
            SourceLocation Where) {
  ASTContext &Context = U.CI.getASTContext();
  Expr *Place = placeFor(Context, Catching, T, Where);
  CallExpr *Call = callMarker(Context, *findMarker(Context, RaiseName),
                              stored(U, Place, T, Value, Where), Where);
  Call->setType(Context.VoidTy);
  return Call;
}

void Completer::completeRaise(CallExpr &Call) {
  SourceLocation Where = Call.getBeginLoc();
  Expr *Given = Call.getArg(1)->IgnoreImpCasts();
  QualType T;
  Expr *Place = errorPlace(Where, *Given, T);
  if (!Place || Given->containsErrors())
    return;
  Sema &S = U.CI.getSema();
  ExprResult Value = S.DefaultFunctionArrayLvalueConversion(Given);
  if (Value.isInvalid())
    return;
  if (!mayAssign(S, Where, T, *Value.get())) {
    report(U.CI.getDiagnostics(), Where, DiagID::RaisesOther,
           {asWritten(Context, Given->getType()).getAsString(),
            Catching ? "its coro_catch takes"
                     : "'" + F.getNameAsString() + "' raises",
            T.getAsString()});
    report(U.CI.getDiagnostics(),
           Catching ? Catching->getLocation() : F.getLocation(),
           DiagID::DeclaredHere,
           {Catching ? Catching->getNameAsString() : F.getNameAsString()});
    return;
  }
  if (Expr *Error = stored(U, Place, T, Given, Where)) {
    Call.setArg(0, Error);
    Call.shrinkNumArgs(1);
  }
}

/// Numbers the blocks of _Defer, see Transforms/DeferredBlocks.
void Completer::finish() {
  Jumps.check();
  FunctionDecl *Begin = findMarker(Context, "__coro_defer_begin");
  FunctionDecl *End = findMarker(Context, "__coro_defer_end");
  if (!Begin || !End || !(HasTry || needsEdges(F)))
    return;
  for (auto [Number, S] : Defers) {
    SourceLocation Where = S->getBeginLoc();
    auto mark = [&, Number = Number](FunctionDecl &Marker) {
      CallExpr *Call =
          callMarker(Context, Marker,
                     IntegerLiteral::Create(Context, llvm::APInt(32, Number),
                                            Context.IntTy, Where),
                     Where);
      Call->setType(Context.VoidTy);
      return Call;
    };
    Stmt *&Body = *S->child_begin();
    Stmt *All[] = {mark(*Begin), Body, mark(*End)};
    Body = CompoundStmt::Create(Context, All, FPOptionsOverride(), Where,
                                S->getEndLoc());
  }
}

bool needsEdges(const FunctionDecl &F) {
  return mayRaise(F) || declaredYields(F) || declaredGeneric(F);
}

bool completeTryBlocks(Unit &U, const FunctionDecl &F) {
  ASTContext &Context = U.CI.getASTContext();
  if (!findMarker(Context, RaiseName) || !findMarker(Context, "__coro_caught"))
    return false;
  Completer Walk(U, F);
  Stmt *Body = F.getBody();
  Walk.walk(Body);
  Walk.finish();
  return Walk.HasTry;
}

} // namespace coro
