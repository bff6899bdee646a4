//===-- BoxedCalls.cpp - What coro_try_box is given -----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The header writes
//
//     ((typeof(&*f))__coro_try_box(&ran, result, 0, 1, 0, 0, 0, f))(arguments)
//
// where clang checks the arguments. What it cannot check is here: that f
// yields, and that result has the type that f returns. The numbers then become
// size and alignment of that type, whether f receives values, and size and
// alignment of what it raises.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Effects/BoxedCalls.h"
#include "Frontend/Effects/Effects.h"
#include "Frontend/Effects/PointerEffects.h"
#include "Frontend/Generics/Generics.h"
#include "Frontend/Report.h"
#include "clang/AST/ASTContext.h"

using namespace clang;

namespace coro {

static constexpr unsigned ResultArgument = 1, SizeArgument = 2,
                          AlignArgument = 3, ReceivesArgument = 4,
                          ErrorSizeArgument = 5, ErrorAlignArgument = 6,
                          CalleeArgument = 7;

static std::string nameOf(const Expr &Callee) {
  const ValueDecl *Named = namedBy(Callee);
  return Named ? "'" + Named->getNameAsString() + "'"
               : "the function pointed to";
}

/// The message for what cannot be called in a box.
static DiagID whyNoBox(const FunctionDecl &Caller, const Expr &Callee) {
  if (isOwnPath(&Caller, Callee))
    return DiagID::BoxOfArgument;
  const ValueDecl *Named = namedBy(Callee);
  return Named && declaredGeneric(*Named) ? DiagID::BoxOfGeneric
                                          : DiagID::BoxOfPlain;
}

const Expr *boxedCallee(Unit &U, const FunctionDecl &Caller,
                        const CallExpr &Marker) {
  if (Marker.getNumArgs() <= CalleeArgument)
    return nullptr;
  const Expr *Callee = Marker.getArg(CalleeArgument);
  if (SaidEffects Says = expressionSays(U.CI.getASTContext(), *Callee);
      Says && Says->suspends())
    return Callee;
  report(U.CI.getDiagnostics(), Marker.getBeginLoc(), whyNoBox(Caller, *Callee),
         {nameOf(*Callee), Caller.getNameAsString()});
  if (const ValueDecl *Named = namedBy(*Callee))
    report(U.CI.getDiagnostics(), Named->getLocation(), DiagID::DeclaredHere,
           {Named->getNameAsString()});
  return nullptr;
}

/// The type that the place for the result is declared to hold; null for a null
/// pointer, and for one to void.
static QualType typeOfPlace(ASTContext &Context, const Expr &Given) {
  const Expr *Place = Given.IgnoreParenImpCasts();
  if (Place->isNullPointerConstant(Context, Expr::NPC_ValueDependentIsNotNull))
    return QualType();
  QualType T = Place->getType();
  if (T->isArrayType())
    T = Context.getArrayDecayedType(T);
  T = T->isPointerType() ? T->getPointeeType() : QualType();
  return T.isNull() || T->isVoidType() ? QualType() : T;
}

static QualType returnedBy(const Expr &Callee) {
  QualType T = Callee.getType();
  if (T->isFunctionPointerType())
    T = T->getPointeeType();
  return T->castAs<FunctionType>()->getReturnType();
}

bool markBoxedResult(Unit &U, CallExpr &Marker, const EffectSet &Says) {
  ASTContext &Context = U.CI.getASTContext();
  const Expr &Callee = *Marker.getArg(CalleeArgument);
  QualType Returned = returnedBy(Callee);
  QualType Place = typeOfPlace(Context, *Marker.getArg(ResultArgument));
  if (!Place.isNull() && !Context.hasSameUnqualifiedType(Place, Returned)) {
    DiagnosticsEngine &Diags = U.CI.getDiagnostics();
    SourceLocation Where = Marker.getArg(ResultArgument)->getExprLoc();
    if (Returned->isVoidType())
      report(Diags, Where, DiagID::BoxedNothing, {nameOf(Callee)});
    else
      report(Diags, Where, DiagID::BoxedResult,
             {nameOf(Callee), Returned.getAsString(), Place.getAsString()});
    if (const ValueDecl *Named = namedBy(Callee))
      report(Diags, Named->getLocation(), DiagID::DeclaredHere,
             {Named->getNameAsString()});
    return false;
  }
  CResult Size = resultOf(Context, Returned);
  CResult Error = Says.raises() ? resultOf(Context, Says.Error) : CResult{0, 0};
  for (auto [Index, Value] :
       {std::pair(SizeArgument, Size.Size),
        std::pair(AlignArgument, Size.Align),
        std::pair(ReceivesArgument, uint64_t(!Says.Received.isNull())),
        std::pair(ErrorSizeArgument, Error.Size),
        std::pair(ErrorAlignArgument, Error.Align)}) {
    QualType T = Marker.getArg(Index)->getType();
    Marker.setArg(Index,
                  IntegerLiteral::Create(
                      Context, llvm::APInt(Context.getTypeSize(T), Value), T,
                      Marker.getArg(Index)->getExprLoc()));
  }
  return true;
}

} // namespace coro
