//===-- KnownFunctions.cpp - What a constant pointer points to ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Question: which function does an expression denote, whatever runs before it?
//
//   static const struct ops slow = {.next = slow_next};
//   drain(&slow)      ops->next is slow_next
//
// An object keeps the value that it is initialised with if its type is const,
// and that value is known if the initialiser stands in this unit, before the
// question. C has no such notion for anything but integers, so the initialisers
// are followed here, by field and element.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Generics/KnownFunctions.h"
#include "Frontend/Effects/PointerEffects.h"
#include "clang/AST/Attr.h"

using namespace clang;

namespace coro {

const Expr *lastingInitialiser(ASTContext &Context, const VarDecl &D) {
  if (!D.getType().isConstant(Context) || D.getType().isVolatileQualified() ||
      D.isWeak() || isa<ParmVarDecl>(D))
    return nullptr;
  return D.getAnyInitializer();
}

/// An initialiser as the list that it is, in C's sense: braces round a scalar
/// and compound literals mean what is in them.
static const Expr *unwrap(const Expr *Init) {
  while (Init) {
    Init = Init->IgnoreParens();
    if (const auto *Literal = dyn_cast<CompoundLiteralExpr>(Init)) {
      Init = Literal->getInitializer();
    } else if (const auto *List = dyn_cast<InitListExpr>(Init)) {
      if (!List->isSemanticForm() && List->getSemanticForm())
        List = List->getSemanticForm();
      if (!List->getType()->isScalarType() || List->getNumInits() != 1)
        return List;
      Init = List->getInit(0);
    } else {
      return Init;
    }
  }
  return nullptr;
}

static const Expr *fieldOf(const Expr *Init, const FieldDecl &Field) {
  const auto *List = dyn_cast_or_null<InitListExpr>(unwrap(Init));
  if (!List || Field.isUnnamedBitField())
    return nullptr;
  if (List->getType()->isUnionType())
    return List->getInitializedFieldInUnion() == &Field && List->getNumInits()
               ? List->getInit(0)
               : nullptr;
  unsigned Index = 0;
  for (const FieldDecl *Each : Field.getParent()->fields()) {
    if (Each->isUnnamedBitField())
      continue;
    if (Each == &Field)
      return Index < List->getNumInits() ? List->getInit(Index) : nullptr;
    ++Index;
  }
  return nullptr;
}

static const Expr *elementOf(const Expr *Init, uint64_t Index) {
  const auto *List = dyn_cast_or_null<InitListExpr>(unwrap(Init));
  if (!List || !List->getType()->isArrayType())
    return nullptr;
  if (Index < List->getNumInits())
    return List->getInit(Index);
  return List->getArrayFiller();
}

static const Expr *target(ASTContext &Context, const Expr &Pointer);

/// The initialiser of the object that an lvalue names.
static const Expr *place(ASTContext &Context, const Expr &Lvalue) {
  const Expr *E = Lvalue.IgnoreParens();
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    const auto *D = dyn_cast<VarDecl>(Ref->getDecl());
    return D ? lastingInitialiser(Context, *D) : nullptr;
  }
  if (const auto *Literal = dyn_cast<CompoundLiteralExpr>(E))
    return Literal->getType().isConstant(Context) ? Literal->getInitializer()
                                                  : nullptr;
  if (const auto *Member = dyn_cast<MemberExpr>(E)) {
    const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl());
    const Expr *Object = Member->isArrow() ? target(Context, *Member->getBase())
                                           : place(Context, *Member->getBase());
    return Field && Object ? fieldOf(Object, *Field) : nullptr;
  }
  if (const auto *Element = dyn_cast<ArraySubscriptExpr>(E)) {
    const Expr *Base = Element->getBase()->IgnoreParens();
    const auto *Decay = dyn_cast<ImplicitCastExpr>(Base);
    auto Index = Element->getIdx()->getIntegerConstantExpr(Context);
    if (!Decay || Decay->getCastKind() != CK_ArrayToPointerDecay || !Index ||
        Index->isNegative())
      return nullptr;
    const Expr *Array = place(Context, *Decay->getSubExpr());
    return Array ? elementOf(Array, Index->getZExtValue()) : nullptr;
  }
  if (const auto *Deref = dyn_cast<UnaryOperator>(E);
      Deref && Deref->getOpcode() == UO_Deref)
    return target(Context, *Deref->getSubExpr());
  return nullptr;
}

/// What an expression is the value of, where casts change nothing of it.
static const Expr *value(ASTContext &Context, const Expr *E) {
  for (;;) {
    E = unwrap(E);
    if (!E)
      return nullptr;
    if (const auto *Choice = dyn_cast<ConditionalOperator>(E)) {
      const Expr *Taken = constantChoice(Context, *Choice);
      if (!Taken)
        return E;
      E = Taken;
      continue;
    }
    const auto *Cast = dyn_cast<CastExpr>(E);
    if (!Cast)
      return E;
    const Expr *Inner = Cast->getSubExpr();
    if (Cast->getCastKind() == CK_LValueToRValue)
      E = place(Context, *Inner);
    else if (Cast->getCastKind() == CK_NoOp ||
             Cast->getCastKind() == CK_FunctionToPointerDecay ||
             (Cast->getCastKind() == CK_BitCast &&
              Context.typesAreCompatible(
                  Cast->getType()->getPointeeType().getUnqualifiedType(),
                  Inner->getType()->getPointeeType().getUnqualifiedType())))
      E = Inner;
    else
      return E;
  }
}

/// The initialiser of the object that a pointer points to.
static const Expr *target(ASTContext &Context, const Expr &Pointer) {
  const Expr *E = value(Context, &Pointer);
  if (!E)
    return nullptr;
  if (const auto *Address = dyn_cast<UnaryOperator>(E);
      Address && Address->getOpcode() == UO_AddrOf)
    return place(Context, *Address->getSubExpr());
  if (const auto *Decay = dyn_cast<CastExpr>(E);
      Decay && Decay->getCastKind() == CK_ArrayToPointerDecay)
    if (const Expr *Array = place(Context, *Decay->getSubExpr()))
      return elementOf(Array, 0);
  return nullptr;
}

const Expr *knownField(ASTContext &Context, const Expr &Object,
                       llvm::ArrayRef<const FieldDecl *> Fields) {
  const Expr *At = &Object;
  for (const FieldDecl *Field : Fields) {
    const Expr *Known = At->getType()->isPointerType() ? target(Context, *At)
                                                       : value(Context, At);
    At = Known ? fieldOf(Known, *Field) : nullptr;
    if (!At)
      return nullptr;
  }
  return At;
}

const FunctionDecl *knownFunction(ASTContext &Context, const Expr &Given) {
  const Expr *E = value(Context, &Given);
  while (const auto *Unary = dyn_cast_or_null<UnaryOperator>(E)) {
    if (Unary->getOpcode() != UO_AddrOf && Unary->getOpcode() != UO_Deref)
      return nullptr;
    E = value(Context, Unary->getSubExpr());
  }
  const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E);
  return Ref ? dyn_cast<FunctionDecl>(Ref->getDecl()) : nullptr;
}

} // namespace coro
