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

#include "Frontend/ClangCompat.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/Builtins.h"

namespace coro {

template <typename Derived>
class EvaluatedVisitor : public clang::RecursiveASTVisitor<Derived> {
  using Base = clang::RecursiveASTVisitor<Derived>;
  const clang::ASTContext &Context;

  bool isEvaluated(const clang::CallExpr &Call) const {
    if (Call.isUnevaluatedBuiltinCall(Context))
      return false;
    // clang drops an assumption that would do something.
    return Call.getBuiltinCallee() != clang::Builtin::BI__builtin_assume ||
           !Call.getArg(0)->HasSideEffects(Context);
  }

public:
  explicit EvaluatedVisitor(const clang::ASTContext &Context)
      : Context(Context) {}

  bool TraverseChooseExpr(clang::ChooseExpr *E) {
    return this->getDerived().TraverseStmt(E->getChosenSubExpr());
  }
  bool TraverseCallExpr(clang::CallExpr *Call) {
    return !isEvaluated(*Call) || Base::TraverseCallExpr(Call);
  }
  // The sizes in a type are children of the expression as well: visit one.
  bool TraverseUnaryExprOrTypeTraitExpr(clang::UnaryExprOrTypeTraitExpr *E) {
    if (!isSizeOrCount(*E) || !E->getTypeOfArgument()->isVariableArrayType())
      return true;
    Derived &Walk = this->getDerived();
    return E->isArgumentType()
               ? Walk.TraverseTypeLoc(E->getArgumentTypeInfo()->getTypeLoc())
               : Walk.TraverseStmt(E->getArgumentExpr());
  }
  bool TraverseTypeOfExprTypeLoc(clang::TypeOfExprTypeLoc L, bool = true) {
    clang::Expr *E = L.getUnderlyingExpr();
    return !E->getType()->isVariablyModifiedType() ||
           this->getDerived().TraverseStmt(E);
  }
  bool TraverseTypeTraitExpr(clang::TypeTraitExpr *) { return true; }
  bool TraverseGenericSelectionExpr(clang::GenericSelectionExpr *E) {
    return E->isResultDependent() ||
           this->getDerived().TraverseStmt(E->getResultExpr());
  }
  bool TraverseStaticAssertDecl(clang::StaticAssertDecl *) { return true; }
};

} // namespace coro

#endif
