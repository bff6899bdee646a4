//===-- FunctionEdges.cpp - Unwind edges for some functions ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// clang asks LangOptions::Exceptions while it generates code for a function. So
// that all others are what they are without the plugin, byte for byte, it is
// switched on for the functions alone whose edges we need.
//
// Most functions clang takes up right after their declaration; static and
// inline ones at the end of the unit, where nothing tells which one is next.
// With LangOptions::EmitAllDecls it takes those up at once, too. That is on for
// the functions whose edges we need; of these, Transforms/LowerEffects drops
// again what nobody uses.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Raising/FunctionEdges.h"
#include "IR/Markers.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/Frontend/FrontendOptions.h"

using namespace clang;

namespace coro {

FunctionEdges::FunctionEdges(CompilerInstance &CI)
    : CI(CI), Always(CI.getLangOpts().Exceptions),
      EmitsAll(CI.getLangOpts().EmitAllDecls) {}

static bool hasAnnotation(const FunctionDecl &F, llvm::StringRef Text) {
  return llvm::any_of(
      F.specific_attrs<AnnotateAttr>(),
      [Text](const AnnotateAttr *A) { return A->getAnnotation() == Text; });
}

static bool isMarked(const FunctionDecl &F) {
  return hasAnnotation(F, EdgesAnnotation);
}

void FunctionEdges::mark(const FunctionDecl &F) {
  auto &Marked = const_cast<FunctionDecl &>(F);
  ASTContext &Context = F.getASTContext();
  if (Always && !hasAnnotation(F, StopsAnnotation))
    Marked.addAttr(
        AnnotateAttr::CreateImplicit(Context, StopsAnnotation, nullptr, 0));
  if (Always || isMarked(F))
    return;
  Marked.addAttr(
      AnnotateAttr::CreateImplicit(Context, EdgesAnnotation, nullptr, 0));
  // Of a precompiled header clang hands us what is used, one by one; the rest
  // it generates at the end.
  if (CI.getFrontendOpts().ProgramAction == frontend::GeneratePCH &&
      !F.hasAttr<UsedAttr>()) {
    Marked.addAttr(UsedAttr::CreateImplicit(Context));
    Marked.addAttr(
        AnnotateAttr::CreateImplicit(Context, HeldAnnotation, nullptr, 0));
  }
}

void FunctionEdges::enter(DeclGroupRef Group) {
  if (Always)
    return;
  bool Needs = false;
  for (const Decl *D : Group)
    if (const auto *F = dyn_cast<FunctionDecl>(D))
      Needs |= F->doesThisDeclarationHaveABody() && isMarked(*F);
  CI.getLangOpts().Exceptions = Needs;
  CI.getLangOpts().EmitAllDecls = EmitsAll || Needs;
}

void FunctionEdges::enterRest() { enter(DeclGroupRef()); }

} // namespace coro
