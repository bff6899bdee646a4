//===-- TaskFrames.cpp - Says whose frame a marker is given ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which function a task belongs to is in its type, which the IR does not have.
// So before clang generates code for
//
//     __coro_poll(task->coro_frame_bytes, cx)
//
// the frame is wrapped, with the function itself, so that its code is there
// even if nothing else in the file names it:
//
//     __coro_poll(__coro_frame_of(task->coro_frame_bytes, f), cx)
//
//===----------------------------------------------------------------------===//

#include "Frontend/Tasks/TaskFrames.h"
#include "Frontend/MarkerCalls.h"
#include "Frontend/Tasks/TaskTypes.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"

using namespace clang;

namespace coro {

Expr *taskFrame(ASTContext &Context, Expr *Address, FunctionDecl &F) {
  FunctionDecl *Marker = findMarker(Context, FrameOfMarker);
  if (!Marker)
    return Address;
  SourceLocation Where = Address->getExprLoc();
  auto *Name =
      DeclRefExpr::Create(Context, NestedNameSpecifierLoc(), SourceLocation(),
                          &F, false, Where, F.getType(), VK_LValue);
  F.markUsed(Context);
  Expr *Arguments[] = {
      implicitCast(Context, Context.VoidPtrTy, CK_BitCast, Address),
      implicitCast(Context, Context.getPointerType(F.getType()),
                   CK_FunctionToPointerDecay, Name)};
  return callMarker(Context, *Marker, Arguments, Where);
}

void markTaskFrame(ASTContext &Context, const FunctionDecl &Callee,
                   CallExpr &Call) {
  static constexpr llvm::StringLiteral Markers[] = {"__coro_poll", "__coro_of",
                                                    "__coro_next"};
  if (!Callee.getIdentifier() ||
      !llvm::is_contained(Markers, Callee.getName()) ||
      isCallOf(*Call.getArg(0), FrameOfMarker))
    return;
  if (FunctionDecl *F = functionOfTask(*Call.getArg(0)))
    Call.setArg(0, taskFrame(Context, Call.getArg(0), *F));
}

} // namespace coro
