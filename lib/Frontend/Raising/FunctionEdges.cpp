//===-- FunctionEdges.cpp - Unwind edges for some functions ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// clang asks LangOptions::Exceptions while it generates code for a function. So
// that all others are what they are without the plugin, byte for byte, it is
// switched on for the functions alone whose edges we need.
//
// Most functions clang takes up right after their declaration; static and
// inline ones at the end of the unit, in an order of its own, and with the
// constant evaluator looking into others meanwhile. So those that need edges are
// `used` until clang has generated them, which it then does at once. The pass
// effect-lower drops those that nobody uses.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Raising/FunctionEdges.h"
#include "IR/Markers.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"

using namespace clang;

namespace coro {

FunctionEdges::FunctionEdges(CompilerInstance &CI)
    : CI(CI), Always(CI.getLangOpts().Exceptions) {}

static bool isMarked(const FunctionDecl &F) {
  return llvm::any_of(F.specific_attrs<AnnotateAttr>(),
                      [](const AnnotateAttr *A) {
                        return A->getAnnotation() == EdgesAnnotation;
                      });
}

void FunctionEdges::mark(const FunctionDecl &F) {
  if (Always)
    return;
  if (!isMarked(F))
    const_cast<FunctionDecl &>(F).addAttr(AnnotateAttr::CreateImplicit(
        F.getASTContext(), EdgesAnnotation, nullptr, 0));
}

void FunctionEdges::enter(DeclGroupRef Group) {
  if (Always)
    return;
  release();
  bool Needs = false;
  for (Decl *D : Group)
    if (auto *F = dyn_cast<FunctionDecl>(D);
        F && F->doesThisDeclarationHaveABody() && isMarked(*F)) {
      Needs = true;
      if (!F->hasAttr<UsedAttr>())
        hold(*F);
    }
  CI.getLangOpts().Exceptions = Needs;
}

void FunctionEdges::hold(FunctionDecl &F) {
  ASTContext &Context = CI.getASTContext();
  F.addAttr(UsedAttr::CreateImplicit(Context));
  F.addAttr(AnnotateAttr::CreateImplicit(Context, HeldAnnotation, nullptr, 0));
  Held.push_back(&F);
}

/// Whether the program uses them is for Sema to say, and for clang's warnings.
void FunctionEdges::release() {
  for (FunctionDecl *F : Held)
    F->dropAttr<UsedAttr>();
  Held.clear();
}

void FunctionEdges::enterRest() {
  release();
  if (!Always)
    CI.getLangOpts().Exceptions = false;
}

void FunctionEdges::ReadUnusedFileScopedDecls(
    llvm::SmallVectorImpl<const DeclaratorDecl *> &) {
  release();
}

} // namespace coro
