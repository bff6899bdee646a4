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
//     ((int (*)(int, char *))__coro_indirect(ops->read, 64, 4, 4, 0))(fd, buf)
//
// which the passes read like the header's own markers.
//
//===----------------------------------------------------------------------===//

#include "Frontend/IndirectCalls.h"
#include "Frontend/Effects.h"
#include "Frontend/MarkerCalls.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"

using namespace clang;

namespace coro {

static constexpr llvm::StringLiteral MarkerName = "__coro_indirect";

const Expr &writtenCallee(const CallExpr &Call) {
  const Expr &Callee = *Call.getCallee();
  return isCallOf(Callee, MarkerName)
             ? *cast<CallExpr>(Callee.IgnoreParenImpCasts())
                    ->getArg(0)
                    ->IgnoreImpCasts()
             : Callee;
}

void markIndirectCall(ASTContext &Context, CallExpr &Call, uint64_t Bytes,
                      bool Receives) {
  FunctionDecl *Marker = findMarker(Context, MarkerName);
  if (!Marker || Marker->getNumParams() != 5 ||
      isCallOf(*Call.getCallee(), MarkerName))
    return;
  Expr *Pointer = Call.getCallee();
  SourceLocation Where = Pointer->getExprLoc();
  QualType SizeType = Marker->getParamDecl(1)->getType();
  auto number = [&](uint64_t Value) {
    return IntegerLiteral::Create(
        Context, llvm::APInt(Context.getTypeSize(SizeType), Value), SizeType,
        Where);
  };
  CResult Result = resultOf(Context, Call.getCallReturnType(Context));
  Expr *Arguments[] = {
      implicitCast(Context, Context.VoidPtrTy, CK_BitCast, Pointer),
      number(Bytes), number(Result.Size), number(Result.Align),
      number(Receives)};
  Expr *Marked = callMarker(Context, *Marker, Arguments, Where);
  Call.setCallee(implicitCast(Context, Pointer->getType(), CK_BitCast, Marked));
}

} // namespace coro
