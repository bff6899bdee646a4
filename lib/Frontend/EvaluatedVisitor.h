//===-- EvaluatedVisitor.h - A walk over what runs --------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What is not evaluated (sizeof, typeof, _Generic's other arms) suspends
// nothing and blocks nothing, so a walk over a body passes it by.
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_EVALUATEDVISITOR_H
#define CORO_FRONTEND_EVALUATEDVISITOR_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/RecursiveASTVisitor.h"

namespace coro {

template <typename Derived>
class EvaluatedVisitor : public clang::RecursiveASTVisitor<Derived> {
  using Base = clang::RecursiveASTVisitor<Derived>;
  const clang::ASTContext &Context;

public:
  explicit EvaluatedVisitor(const clang::ASTContext &Context)
      : Context(Context) {}

  bool TraverseChooseExpr(clang::ChooseExpr *E) {
    return this->getDerived().TraverseStmt(E->getChosenSubExpr());
  }
  bool TraverseCallExpr(clang::CallExpr *Call) {
    return Call->isUnevaluatedBuiltinCall(Context) ||
           Base::TraverseCallExpr(Call);
  }
  bool TraverseUnaryExprOrTypeTraitExpr(clang::UnaryExprOrTypeTraitExpr *E) {
    return E->getKind() != clang::UETT_SizeOf ||
           !E->getTypeOfArgument()->isVariableArrayType() ||
           Base::TraverseUnaryExprOrTypeTraitExpr(E);
  }
  bool TraverseTypeOfExprTypeLoc(clang::TypeOfExprTypeLoc, bool = true) {
    return true;
  }
  bool TraverseGenericSelectionExpr(clang::GenericSelectionExpr *E) {
    return E->isResultDependent() ||
           this->getDerived().TraverseStmt(E->getResultExpr());
  }
  bool TraverseStaticAssertDecl(clang::StaticAssertDecl *) { return true; }
};

} // namespace coro

#endif
