//===-- IndirectCalls.cpp - Marks calls through yielding pointers ---------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The IR of a call through a pointer does not show what the pointer's
// declaration says. So before clang generates code for
//
//     ops->read(fd, buf)
//
// its callee is wrapped:
//
//     ((int (*)(int, char *))__coro_indirect(ops->read, 64, 4, 4))(fd, buf)
//
// which the passes read like the header's own markers.
//
//===----------------------------------------------------------------------===//

#include "Frontend/IndirectCalls.h"
#include "Frontend/Effects.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"

using namespace clang;

namespace coro {

static constexpr llvm::StringLiteral MarkerName = "__coro_indirect";

static FunctionDecl *findMarker(ASTContext &Context) {
  IdentifierInfo &Id = Context.Idents.get(MarkerName);
  for (NamedDecl *D : Context.getTranslationUnitDecl()->lookup(&Id))
    if (auto *F = dyn_cast<FunctionDecl>(D))
      return F;
  return nullptr;
}

/// The marker around the callee, or null.
static const CallExpr *markerOf(const CallExpr &Call) {
  const auto *Inner =
      dyn_cast<CallExpr>(Call.getCallee()->IgnoreParenImpCasts());
  const FunctionDecl *F = Inner ? Inner->getDirectCallee() : nullptr;
  return F && F->getIdentifier() && F->getName() == MarkerName ? Inner
                                                               : nullptr;
}

const Expr &writtenCallee(const CallExpr &Call) {
  const CallExpr *Marker = markerOf(Call);
  return Marker ? *Marker->getArg(0)->IgnoreImpCasts() : *Call.getCallee();
}

static Expr *implicitCast(ASTContext &Context, QualType To, CastKind Kind,
                          Expr *E) {
  return ImplicitCastExpr::Create(Context, To, Kind, E, nullptr, VK_PRValue,
                                  FPOptionsOverride());
}

void markIndirectCall(ASTContext &Context, CallExpr &Call, uint64_t Bytes) {
  FunctionDecl *Marker = findMarker(Context);
  if (!Marker || Marker->getNumParams() != 4 || markerOf(Call))
    return;
  Expr *Pointer = Call.getCallee();
  SourceLocation Where = Pointer->getExprLoc();
  QualType SizeType = Marker->getParamDecl(1)->getType();
  auto *Name =
      DeclRefExpr::Create(Context, NestedNameSpecifierLoc(), SourceLocation(),
                          Marker, false, Where, Marker->getType(), VK_LValue);
  Expr *Callee =
      implicitCast(Context, Context.getPointerType(Marker->getType()),
                   CK_FunctionToPointerDecay, Name);
  auto number = [&](uint64_t Value) {
    return IntegerLiteral::Create(
        Context, llvm::APInt(Context.getTypeSize(SizeType), Value), SizeType,
        Where);
  };
  CResult Result = resultOf(Context, Call.getCallReturnType(Context));
  Expr *Arguments[] = {
      implicitCast(Context, Context.VoidPtrTy, CK_BitCast, Pointer),
      number(Bytes), number(Result.Size), number(Result.Align)};
  auto *Marked = CallExpr::Create(Context, Callee, Arguments, Context.VoidPtrTy,
                                  VK_PRValue, Where, FPOptionsOverride());
  Call.setCallee(implicitCast(Context, Pointer->getType(), CK_BitCast, Marked));
}

} // namespace coro
