//===-- PointerEffects.cpp - What pointers say of effects -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A pointer's effects are in its declaration, or in the typedef it is declared
// with. An expression has those of what it names; a choice those of its arms; a
// cast, a compound literal or the result of a call those of its type, as far as
// that is written with a typedef.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Effects/PointerEffects.h"
#include "Frontend/MarkerCalls.h"

using namespace clang;

namespace coro {

/// Calls Visit with each typedef that a type is written with.
template <typename Callback>
static void forEachAlias(QualType T, Callback Visit) {
  for (const auto *Alias = T->getAs<TypedefType>(); Alias;
       Alias = Alias->getDecl()->getUnderlyingType()->getAs<TypedefType>())
    Visit(*Alias->getDecl());
}

SaidEffects typeSays(QualType T) {
  T = pointerType(T);
  if (!T->isFunctionPointerType() && !T->isFunctionType())
    return std::nullopt;
  EffectSet Found;
  forEachAlias(T,
               [&Found](const TypedefNameDecl &D) { Found.add(effectsOf(D)); });
  return Found;
}

SaidEffects declarationSays(const ValueDecl &D) {
  QualType T = pointerType(D.getType());
  if (!T->isFunctionPointerType() && !T->isFunctionType())
    return std::nullopt;
  return effectsOf(D);
}

static bool sameType(ASTContext &Context, QualType A, QualType B) {
  return A.isNull() || B.isNull() ? A.isNull() && B.isNull()
                                  : Context.hasSameType(A, B);
}

llvm::StringRef whyNotCallable(ASTContext &Context, const EffectSet &Has,
                               const EffectSet &To) {
  if (!Has.suspends() && To.suspends())
    return "take code for a descriptor";
  if (Has.isGenerator() && !To.isGenerator())
    return "lose its values";
  if (!sameType(Context, Has.Value, To.Value))
    return Has.isGenerator() ? "take its values for ones of another type"
                             : "take values that it does not hand out";
  if (!sameType(Context, Has.Received, To.Received))
    return Has.Received.isNull() ? "resume it with what it has no place for"
                                 : "not resume it with what it needs";
  if (Has.Waits && !To.Waits)
    return "not wait for it";
  if (!sameType(Context, Has.Error, To.Error))
    return Has.raises() ? "miss what it raises"
                        : "look for errors that it does not raise";
  return "";
}

/// The operand that an operator's value, or what it points to, comes from: *p,
/// &f, p[i], p + i, p++, (x, p), a = p.
static const Expr *operandOf(const Expr &E) {
  if (const auto *Unary = dyn_cast<UnaryOperator>(&E))
    return Unary->getOpcode() == UO_AddrOf || Unary->getOpcode() == UO_Deref ||
                   Unary->getOpcode() == UO_Extension ||
                   Unary->isIncrementDecrementOp()
               ? Unary->getSubExpr()
               : nullptr;
  if (const auto *Element = dyn_cast<ArraySubscriptExpr>(&E))
    return Element->getBase();
  const auto *Binary = dyn_cast<BinaryOperator>(&E);
  if (!Binary)
    return nullptr;
  if (Binary->getOpcode() == BO_Comma || Binary->getOpcode() == BO_Assign)
    return Binary->getRHS();
  const Expr *Left = Binary->getLHS();
  if (Binary->isCompoundAssignmentOp() || Binary->isAdditiveOp())
    return Left->getType()->isPointerType() ? Left : Binary->getRHS();
  return nullptr;
}

/// Through what an expression's value comes unchanged, and through what it is
/// reached.
static const Expr *source(const Expr &Given) {
  const Expr *E = Given.IgnoreParenImpCasts();
  if (const Expr *Operand = operandOf(*E))
    return source(*Operand);
  if (const auto *Block = dyn_cast<StmtExpr>(E))
    if (const auto *Last =
            dyn_cast_or_null<Expr>(Block->getSubStmt()->body_back()))
      return source(*Last);
  if (const auto *Choice = dyn_cast<GenericSelectionExpr>(E);
      Choice && !Choice->isResultDependent())
    return source(*Choice->getResultExpr());
  if (const auto *Chosen = dyn_cast<ChooseExpr>(E))
    return source(*Chosen->getChosenSubExpr());
  return E;
}

const ValueDecl *namedBy(const Expr &Given) {
  const Expr *E = source(Given);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return Ref->getDecl();
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return Member->getMemberDecl();
  return nullptr;
}

static bool isFunctionValue(QualType T) {
  return T->isFunctionPointerType() || T->isFunctionType();
}

const Expr *constantChoice(const ASTContext &Context,
                           const AbstractConditionalOperator &Choice) {
  auto Condition = Choice.getCond()->getIntegerConstantExpr(Context);
  if (!Condition)
    return nullptr;
  return *Condition == 0 ? Choice.getFalseExpr() : Choice.getTrueExpr();
}

/// Of the functions that an expression leads to, at once or over pointers to
/// pointers: the source of *get() is one.
static SaidEffects sourceSays(ASTContext &Context, const Expr &Given) {
  const Expr *E = source(Given);
  // A word of the header, not a call through what it is given.
  if (isa<ExplicitCastExpr>(E) && markerBehind(*E))
    return std::nullopt;
  if (const ValueDecl *D = namedBy(*E))
    return declarationSays(*D);
  if (const auto *Choice = dyn_cast<AbstractConditionalOperator>(E)) {
    if (const Expr *Taken = constantChoice(Context, *Choice))
      return sourceSays(Context, *Taken);
    SaidEffects True = sourceSays(Context, *Choice->getTrueExpr());
    return True ? True : sourceSays(Context, *Choice->getFalseExpr());
  }
  if (const auto *Opaque = dyn_cast<OpaqueValueExpr>(E))
    return Opaque->getSourceExpr()
               ? sourceSays(Context, *Opaque->getSourceExpr())
               : std::nullopt;
  return typeSays(E->getType());
}

SaidEffects expressionSays(ASTContext &Context, const Expr &Given) {
  if (Given.isNullPointerConstant(Context, Expr::NPC_ValueDependentIsNotNull) ||
      !isFunctionValue(pointerType(Given.IgnoreParenImpCasts()->getType())))
    return std::nullopt;
  return sourceSays(Context, Given);
}

std::optional<uint64_t> expressionFrameLimit(const Expr &Given) {
  const Expr *E = source(Given);
  if (const ValueDecl *D = namedBy(*E))
    return declaredFrameLimit(*D);
  if (const auto *Choice = dyn_cast<AbstractConditionalOperator>(E)) {
    auto True = expressionFrameLimit(*Choice->getTrueExpr());
    auto False = expressionFrameLimit(*Choice->getFalseExpr());
    if (!True || !False)
      return std::nullopt;
    return std::max(*True, *False);
  }
  std::optional<uint64_t> Limit;
  forEachAlias(pointerType(E->getType()), [&Limit](const TypedefNameDecl &D) {
    if (!Limit)
      Limit = declaredFrameLimit(D);
  });
  return Limit;
}

} // namespace coro
