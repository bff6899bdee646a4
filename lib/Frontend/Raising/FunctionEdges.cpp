//===-- FunctionEdges.cpp - Unwind edges for some functions ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// clang asks LangOptions::Exceptions while it generates code for a function. So
// that all others are what they are without the plugin, byte for byte, it is
// switched on for the functions alone whose edges we need.
//
// Most functions clang takes up right after their declaration; static and
// inline ones at the end of the unit, in an order of its own. When it does, it
// asks for the function's body, before anything else of it. So by then each
// body is one that is still to be fetched, as from a precompiled header, and
// here is where it is fetched from.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Raising/FunctionEdges.h"
#include "Frontend/MarkerCalls.h"
#include "IR/Markers.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/Frontend/FrontendOptions.h"
#include "clang/Lex/PreprocessorOptions.h"

using namespace clang;

namespace coro {

/// Above the place of any body in a precompiled header.
static constexpr uint64_t FirstOffset = uint64_t(1) << 62;

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
  AnyNeeds = true;
  if (!isMarked(F))
    const_cast<FunctionDecl &>(F).addAttr(AnnotateAttr::CreateImplicit(
        F.getASTContext(), EdgesAnnotation, nullptr, 0));
}

void FunctionEdges::enter(DeclGroupRef Group) {
  if (Always)
    return;
  bool Needs = false;
  for (const Decl *D : Group)
    if (const auto *F = dyn_cast<FunctionDecl>(D))
      Needs |= F->doesThisDeclarationHaveABody() && isMarked(*F);
  CI.getLangOpts().Exceptions = Needs;
}

void FunctionEdges::defer(FunctionDecl &F) {
  if (!F.doesThisDeclarationHaveABody() || F.isDefaulted())
    return;
  Stmt *Body = F.getBody();
  if (!Body)
    return;
  AnyNeeds |= isMarked(F);
  F.setLazyBody(FirstOffset + Deferred.size());
  Deferred.push_back({&F, Body});
}

void FunctionEdges::enterRest() {
  if (Always)
    return;
  CI.getLangOpts().Exceptions = false;
  ASTContext &Context = CI.getASTContext();
  // What a precompiled header has of them was marked when it was made.
  bool MayNeed =
      AnyNeeds || (!CI.getPreprocessorOpts().ImplicitPCHInclude.empty() &&
                   findMarker(Context, "__coro_raise"));
  switch (CI.getFrontendOpts().ProgramAction) {
  case frontend::EmitAssembly:
  case frontend::EmitBC:
  case frontend::EmitLLVM:
  case frontend::EmitLLVMOnly:
  case frontend::EmitCodeGenOnly:
  case frontend::EmitObj:
    break;
  default:
    MayNeed = false;
  }
  if (!MayNeed)
    return;
  for (Decl *D : Context.getTranslationUnitDecl()->decls())
    if (auto *F = dyn_cast<FunctionDecl>(D))
      defer(*F);
}

Stmt *FunctionEdges::GetExternalDeclStmt(uint64_t Offset) {
  if (Offset < FirstOffset)
    return nullptr;
  auto [F, Body] = Deferred[Offset - FirstOffset];
  CI.getLangOpts().Exceptions = isMarked(*F);
  return Body;
}

} // namespace coro
