//===-- MarkerCalls.cpp - Calls of markers, built in the AST --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the source does not say and the IR must know is put into the AST before
// clang generates code for it, as calls of functions that the header declares
// for this purpose.
//
//===----------------------------------------------------------------------===//

#include "Frontend/MarkerCalls.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"

using namespace clang;

namespace coro {

bool isCallOf(const Expr &E, llvm::StringRef Marker) {
  const auto *Call = dyn_cast<CallExpr>(E.IgnoreParenImpCasts());
  const FunctionDecl *F = Call ? Call->getDirectCallee() : nullptr;
  return F && F->getIdentifier() && F->getName() == Marker;
}

const CallExpr *markerBehind(const Expr &E) {
  const auto *Call = dyn_cast<CallExpr>(E.IgnoreParenCasts());
  const FunctionDecl *F = Call ? Call->getDirectCallee() : nullptr;
  return F && F->getIdentifier() && F->getName().starts_with("__coro_")
             ? Call
             : nullptr;
}

bool isNamedAsOurs(const FunctionDecl &F) {
  return F.getIdentifier() && (F.getName().starts_with("coro_") ||
                               F.getName().starts_with("__coro_"));
}

FunctionDecl *findMarker(ASTContext &Context, llvm::StringRef Name) {
  IdentifierInfo &Id = Context.Idents.get(Name);
  for (NamedDecl *D : Context.getTranslationUnitDecl()->lookup(&Id))
    if (auto *F = dyn_cast<FunctionDecl>(D))
      return F;
  return nullptr;
}

Expr *implicitCast(ASTContext &Context, QualType To, CastKind Kind, Expr *E) {
  return ImplicitCastExpr::Create(Context, To, Kind, E, nullptr, VK_PRValue,
                                  FPOptionsOverride());
}

CallExpr *callMarker(ASTContext &Context, FunctionDecl &Marker,
                     llvm::ArrayRef<Expr *> Arguments, SourceLocation Where) {
  auto *Name =
      DeclRefExpr::Create(Context, NestedNameSpecifierLoc(), SourceLocation(),
                          &Marker, false, Where, Marker.getType(), VK_LValue);
  Expr *Callee = implicitCast(Context, Context.getPointerType(Marker.getType()),
                              CK_FunctionToPointerDecay, Name);
  return CallExpr::Create(Context, Callee, Arguments, Context.VoidPtrTy,
                          VK_PRValue, Where, FPOptionsOverride());
}

} // namespace coro
