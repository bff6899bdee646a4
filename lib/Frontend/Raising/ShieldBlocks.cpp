//===-- ShieldBlocks.cpp - What cancellation waits for, in the AST --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//   coro_shield A                     to C: if (!__coro_shield(0)) {} else A
//
// becomes
//
//   {
//     int last __attribute__((cleanup(__coro_shield_end))) = 7;
//     __coro_shield_open(7);
//     A
//   }
//
// so that it ends however A is left. A variable whose cleanup yields gets one
// such variable on either side: cleanups run in the reverse order. See
// Transforms/LowerShields.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Raising/ShieldBlocks.h"
#include "Frontend/Effects/Effects.h"
#include "Frontend/MarkerCalls.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"

using namespace clang;

namespace coro {

static constexpr llvm::StringLiteral BeginName = "__coro_shield_begin",
                                     EndName = "__coro_shield_end",
                                     OpenName = "__coro_shield_open";

Stmt *shieldedStatement(const IfStmt &If) {
  const auto *Not = dyn_cast_or_null<UnaryOperator>(
      If.getCond() ? If.getCond()->IgnoreParenImpCasts() : nullptr);
  if (!Not || Not->getOpcode() != UO_LNot ||
      !isCallOf(*Not->getSubExpr(), "__coro_shield"))
    return nullptr;
  return const_cast<Stmt *>(If.getElse());
}

static Expr *literal(ASTContext &Context, unsigned Number,
                     SourceLocation Where) {
  return IntegerLiteral::Create(
      Context, llvm::APInt(Context.getIntWidth(Context.IntTy), Number),
      Context.IntTy, Where);
}

/// int name __attribute__((cleanup(marker))) = number;
static VarDecl *guard(const FunctionDecl &F, llvm::StringRef Marker,
                      unsigned Number, SourceLocation Where) {
  ASTContext &Context = F.getASTContext();
  auto *Guard =
      VarDecl::Create(Context, const_cast<FunctionDecl *>(&F), Where, Where,
                      &Context.Idents.get("__coro_guard"), Context.IntTy,
                      Context.getTrivialTypeSourceInfo(Context.IntTy), SC_None);
  Guard->setImplicit();
  Guard->setInit(literal(Context, Number, Where));
  Guard->addAttr(
      CleanupAttr::CreateImplicit(Context, findMarker(Context, Marker)));
  Guard->addAttr(NoDebugAttr::CreateImplicit(Context));
  return Guard;
}

Stmt *shielded(Stmt &Body, const FunctionDecl &F, unsigned Number) {
  ASTContext &Context = F.getASTContext();
  SourceLocation Where = Body.getBeginLoc();
  Stmt *Declares = new (Context)
      DeclStmt(DeclGroupRef(guard(F, EndName, Number, Where)), Where, Where);
  CallExpr *Open = callMarker(Context, *findMarker(Context, OpenName),
                              literal(Context, Number, Where), Where);
  Open->setType(Context.VoidTy);
  Stmt *All[] = {Declares, Open, &Body};
  return CompoundStmt::Create(Context, All, FPOptionsOverride(), Where,
                              Body.getEndLoc());
}

static bool cleanupYields(const Decl &D) {
  const auto *Variable = dyn_cast<VarDecl>(&D);
  const auto *Cleanup = Variable ? Variable->getAttr<CleanupAttr>() : nullptr;
  return Cleanup && declaredYields(*Cleanup->getFunctionDecl());
}

void shieldCleanups(DeclStmt &Declares, const FunctionDecl &F, unsigned &Next) {
  if (llvm::none_of(Declares.decls(),
                    [](const Decl *D) { return cleanupYields(*D); }))
    return;
  llvm::SmallVector<Decl *, 4> All;
  for (Decl *D : Declares.decls()) {
    if (!cleanupYields(*D)) {
      All.push_back(D);
      continue;
    }
    unsigned Number = Next++;
    All.append({guard(F, EndName, Number, D->getLocation()), D,
                guard(F, BeginName, Number, D->getLocation())});
  }
  Declares.setDeclGroup(
      DeclGroupRef::Create(F.getASTContext(), All.data(), All.size()));
}

} // namespace coro
