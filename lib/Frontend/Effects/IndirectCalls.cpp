//===-- IndirectCalls.cpp - Marks calls through yielding pointers ---------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The IR of a call through a pointer does not show what the pointer's
// declaration says, nor that of a call which of its arguments decides whether
// it waits. So before clang generates code for
//
//     ops->read(fd, buf)
//     map(f, n)
//
// the callees are wrapped:
//
//     ((int (*)(int, char *))__coro_indirect(ops->read, 64, 4, 4, 0))(fd, buf)
//     ((int (*)(int (*)(int), int))__coro_as(map, f, 1, 0))(f, n)
//     ((int (*)(char *))__coro_raising(ops->parse))(text)
//
// which the passes read like the header's own markers.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Effects/IndirectCalls.h"
#include "Frontend/Effects/Effects.h"
#include "Frontend/MarkerCalls.h"
#include "IR/Markers.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"

using namespace clang;

namespace coro {

static constexpr llvm::StringLiteral MarkerName = "__coro_indirect";
static constexpr llvm::StringLiteral AsName = "__coro_as";
static constexpr llvm::StringLiteral RaisingName = "__coro_raising";

bool isMark(const Expr &E) {
  return isCallOf(E, MarkerName) || isCallOf(E, AsName) ||
         isCallOf(E, RaisingName);
}

bool isMarked(const CallExpr &Call) { return isMark(*Call.getCallee()); }

const FunctionDecl *markedFunction(const Expr &Callee) {
  if (!isCallOf(Callee, AsName))
    return nullptr;
  const auto *Ref =
      dyn_cast<DeclRefExpr>(cast<CallExpr>(Callee.IgnoreParenImpCasts())
                                ->getArg(0)
                                ->IgnoreParenImpCasts());
  return Ref ? dyn_cast<FunctionDecl>(Ref->getDecl()) : nullptr;
}

const FunctionDecl *calledFunction(const CallExpr &Call) {
  const FunctionDecl *Marked = markedFunction(*Call.getCallee());
  return Marked ? Marked : Call.getDirectCallee();
}

static Expr *number(ASTContext &Context, const FunctionDecl &Marker,
                    uint64_t Value, SourceLocation Where) {
  QualType T = Marker.getParamDecl(3)->getType();
  return IntegerLiteral::Create(
      Context, llvm::APInt(Context.getTypeSize(T), Value), T, Where);
}

static Expr *toVoid(ASTContext &Context, Expr *Pointer) {
  return implicitCast(Context, Context.VoidPtrTy, CK_BitCast, Pointer);
}

const Expr &writtenCallee(const CallExpr &Call) {
  const Expr &Callee = *Call.getCallee();
  return isMark(Callee) ? *cast<CallExpr>(Callee.IgnoreParenImpCasts())
                               ->getArg(0)
                               ->IgnoreImpCasts()
                        : Callee;
}

void markIndirectCall(ASTContext &Context, CallExpr &Call, uint64_t Bytes,
                      const EffectSet &Says) {
  FunctionDecl *Marker = findMarker(Context, MarkerName);
  if (!Marker || Marker->getNumParams() != 7 ||
      isCallOf(*Call.getCallee(), MarkerName))
    return;
  Expr *Pointer = Call.getCallee();
  SourceLocation Where = Pointer->getExprLoc();
  CResult Result = resultOf(Context, Call.getCallReturnType(Context));
  CResult Error = Says.raises() ? resultOf(Context, Says.Error) : CResult{0, 0};
  Expr *Arguments[] = {toVoid(Context, Pointer),
                       number(Context, *Marker, Bytes, Where),
                       number(Context, *Marker, Result.Size, Where),
                       number(Context, *Marker, Result.Align, Where),
                       number(Context, *Marker, !Says.Received.isNull(), Where),
                       number(Context, *Marker, Error.Size, Where),
                       number(Context, *Marker, Error.Align, Where)};
  Expr *Marked = callMarker(Context, *Marker, Arguments, Where);
  Call.setCallee(implicitCast(Context, Pointer->getType(), CK_BitCast, Marked));
}

void markRaisingCall(ASTContext &Context, CallExpr &Call) {
  FunctionDecl *Marker = findMarker(Context, RaisingName);
  if (!Marker || isMark(*Call.getCallee()))
    return;
  Expr *Pointer = Call.getCallee();
  Expr *Marked = callMarker(Context, *Marker, toVoid(Context, Pointer),
                            Pointer->getExprLoc());
  Call.setCallee(implicitCast(Context, Pointer->getType(), CK_BitCast, Marked));
}

static Expr *address(ASTContext &Context, const FunctionDecl &F,
                     SourceLocation Where) {
  auto *Name = DeclRefExpr::Create(
      Context, NestedNameSpecifierLoc(), SourceLocation(),
      const_cast<FunctionDecl *>(&F), false, Where, F.getType(), VK_LValue);
  return implicitCast(Context, Context.getPointerType(F.getType()),
                      CK_FunctionToPointerDecay, Name);
}

static CallAs howToCall(const GenericArgument &As) {
  switch (As.K) {
  case GenericArgument::Function:
    return CallAs::Function;
  case GenericArgument::Own:
    return CallAs::Own;
  case GenericArgument::Flag:
    return CallAs::Flag;
  case GenericArgument::Raising:
    return CallAs::Raising;
  default:
    return CallAs::Pointer;
  }
}

Expr *markCallAs(ASTContext &Context, Expr &Name, const GenericArgument &As) {
  FunctionDecl *Marker = findMarker(Context, AsName);
  if (!Marker || Marker->getNumParams() != 4 || As.K == GenericArgument::Plain)
    return &Name;
  SourceLocation Where = Name.getExprLoc();
  Expr *Function =
      As.K == GenericArgument::Function
          ? toVoid(Context, address(Context, *As.Target, Where))
          : implicitCast(Context, Context.VoidPtrTy, CK_NullToPointer,
                         number(Context, *Marker, 0, Where));
  uint64_t Known = As.Limit.value_or(0);
  if (As.K == GenericArgument::Raising) {
    CResult Error = resultOf(Context, As.Effects.Error);
    Known = Error.Size << 8 | llvm::Log2_64(Error.Align);
  }
  Expr *Number = number(Context, *Marker, Known, Where);
  if (As.K == GenericArgument::Flag)
    Number = implicitCast(Context, Number->getType(), CK_IntegralCast,
                          const_cast<Expr *>(As.Given));
  CallAs How = howToCall(As);
  Expr *Arguments[] = {
      toVoid(Context, &Name), Function,
      number(Context, *Marker, static_cast<uint64_t>(How), Where), Number};
  Expr *Marked = callMarker(Context, *Marker, Arguments, Where);
  return implicitCast(Context, Name.getType(), CK_BitCast, Marked);
}

} // namespace coro
