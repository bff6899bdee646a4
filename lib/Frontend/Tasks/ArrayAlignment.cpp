//===-- ArrayAlignment.cpp - Local arrays without holes -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// clang aligns every array variable of 16 bytes or more to 16 on some targets,
// whatever its elements need. On a stack that costs nothing; in a frame it
// makes holes, and every frame around it is aligned as strictly:
//
//     char name[20];      16 + 20 bytes, align 16     now 1 + 20, align 1
//
// An alignment that is written in the source takes the rule's place, so one is
// written: that of the type. All code that clang generates for the variable
// then goes by it. What the program aligned itself stays as it says.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Tasks/ArrayAlignment.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/RecursiveASTVisitor.h"

using namespace clang;

namespace coro {

namespace {
class Arrays : public RecursiveASTVisitor<Arrays> {
  ASTContext &Context;

public:
  explicit Arrays(ASTContext &Context) : Context(Context) {}

  bool VisitVarDecl(VarDecl *D) {
    if (!D->hasLocalStorage() || !D->getType()->isConstantArrayType() ||
        D->getType()->isDependentType() || D->getMaxAlignment())
      return true;
    CharUnits Typed = Context.getTypeAlignInChars(D->getType());
    if (Typed >= Context.getDeclAlign(D))
      return true;
    SourceLocation Where = D->getLocation();
    D->addAttr(AlignedAttr::CreateImplicit(
        Context, /*IsAlignmentExpr=*/true,
        IntegerLiteral::Create(Context, llvm::APInt(32, Typed.getQuantity()),
                               Context.UnsignedIntTy, Where),
        Where, AlignedAttr::GNU_aligned));
    return true;
  }
};
} // namespace

void alignArraysAsTyped(const FunctionDecl &F) {
  Arrays(F.getASTContext()).TraverseStmt(F.getBody());
}

} // namespace coro
