//===-- TaskPlaces.cpp - Which local storage holds a task -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Frontend/Linearity/TaskPlaces.h"
#include "Frontend/Tasks/TaskTypes.h"
#include "clang/AST/Decl.h"

using namespace clang;

namespace coro {

bool isTaskType(QualType T) { return taskFunction(T) != nullptr; }

bool holdsTask(QualType T) {
  while (const auto *Array = T->getAsArrayTypeUnsafe())
    T = Array->getElementType();
  if (isTaskType(T))
    return true;
  const RecordDecl *Record = T->getAsRecordDecl();
  if (Record)
    Record = Record->getDefinition();
  return Record && llvm::any_of(Record->fields(), [](const FieldDecl *F) {
           return holdsTask(F->getType());
         });
}

bool Place::covers(const Place &Part) const {
  if (Root != Part.Root || Path.size() > Part.Path.size())
    return false;
  for (size_t I = 0; I < Path.size(); ++I) {
    const Step &Mine = Path[I], &Its = Part.Path[I];
    bool Same = Mine == Its ||
                (!Mine.Field && !Its.Field &&
                 (Mine.Index == AnyIndex || Its.Index == AnyIndex)) ||
                // The members of a union are in one place.
                (Mine.Field && Its.Field && Mine.Field->getParent()->isUnion());
    if (!Same)
      return false;
    if (!(Mine == Its) && Mine.Field)
      return true;
  }
  return true;
}

bool Place::hasAnyIndex() const {
  return llvm::any_of(
      Path, [](const Step &S) { return !S.Field && S.Index == AnyIndex; });
}

bool Place::isInUnion() const {
  return llvm::any_of(Path, [](const Step &S) {
    return S.Field && S.Field->getParent()->isUnion();
  });
}

std::string Place::print() const {
  std::string Text = Root->getNameAsString();
  for (const Step &S : Path) {
    if (!S.Field)
      Text +=
          S.Index == AnyIndex ? "[...]" : "[" + std::to_string(S.Index) + "]";
    else if (S.Field->getIdentifier())
      Text += "." + S.Field->getNameAsString();
  }
  return Text;
}

/// A pointer that a macro of the header keeps, so as to evaluate its argument
/// once: coro_send.
static const Expr *keptByHeader(const CastExpr &Load) {
  const auto *Ref = dyn_cast<DeclRefExpr>(Load.getSubExpr()->IgnoreParens());
  const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  return Var && isOfHeader(*Var) && Var->getType()->isPointerType()
             ? Var->getInit()
             : nullptr;
}

bool isOfHeader(const VarDecl &Var) {
  return Var.hasLocalStorage() && Var.getIdentifier() &&
         Var.getName().starts_with("__coro_");
}

std::optional<Place> pointeeOf(ASTContext &Context, const Expr *E) {
  E = E->IgnoreParens();
  if (const auto *Address = dyn_cast<UnaryOperator>(E))
    return Address->getOpcode() == UO_AddrOf
               ? placeOf(Context, Address->getSubExpr())
               : std::nullopt;
  const auto *Cast = dyn_cast<CastExpr>(E);
  if (!Cast)
    return std::nullopt;
  if (Cast->getCastKind() == CK_NoOp)
    return pointeeOf(Context, Cast->getSubExpr());
  if (Cast->getCastKind() == CK_LValueToRValue)
    if (const Expr *Kept = keptByHeader(*Cast))
      return pointeeOf(Context, Kept);
  if (Cast->getCastKind() != CK_ArrayToPointerDecay)
    return std::nullopt;
  std::optional<Place> P = placeOf(Context, Cast->getSubExpr());
  if (P)
    P->Path.push_back({nullptr, 0});
  return P;
}

static int64_t indexOf(ASTContext &Context, const ArraySubscriptExpr &E) {
  Expr::EvalResult Index;
  if (E.getIdx()->isValueDependent() ||
      !E.getIdx()->EvaluateAsInt(Index, Context) ||
      Index.Val.getInt().isNegative() || !Index.Val.getInt().isIntN(31))
    return Place::AnyIndex;
  return Index.Val.getInt().getExtValue();
}

std::optional<Place> placeOf(ASTContext &Context, const Expr *E) {
  E = E->IgnoreParens();
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
    if (!Var || !Var->hasLocalStorage() || isa<ParmVarDecl>(Var))
      return std::nullopt;
    return Place{Var, {}};
  }
  if (const auto *Member = dyn_cast<MemberExpr>(E)) {
    const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl());
    std::optional<Place> P = Member->isArrow()
                                 ? pointeeOf(Context, Member->getBase())
                                 : placeOf(Context, Member->getBase());
    if (!P || !Field)
      return std::nullopt;
    P->Path.push_back({Field, 0});
    return P;
  }
  if (const auto *Element = dyn_cast<ArraySubscriptExpr>(E)) {
    const auto *Decay =
        dyn_cast<ImplicitCastExpr>(Element->getBase()->IgnoreParens());
    if (!Decay || Decay->getCastKind() != CK_ArrayToPointerDecay)
      return std::nullopt;
    std::optional<Place> P = placeOf(Context, Decay->getSubExpr());
    if (P)
      P->Path.push_back({nullptr, indexOf(Context, *Element)});
    return P;
  }
  if (const auto *Unary = dyn_cast<UnaryOperator>(E)) {
    if (Unary->getOpcode() == UO_Deref)
      return pointeeOf(Context, Unary->getSubExpr());
    if (Unary->getOpcode() == UO_Extension)
      return placeOf(Context, Unary->getSubExpr());
  }
  return std::nullopt;
}

static QualType stepInto(QualType T, const Place::Step &S) {
  if (S.Field)
    return S.Field->getType();
  const auto *Array = T->getAsArrayTypeUnsafe();
  return Array ? Array->getElementType() : T;
}

std::optional<Place> taskAround(const Place &P) {
  Place Prefix{P.Root, {}};
  QualType T = P.Root->getType();
  for (const Place::Step &S : P.Path) {
    if (isTaskType(T))
      return Prefix;
    T = stepInto(T, S);
    Prefix.Path.push_back(S);
  }
  if (isTaskType(T))
    return Prefix;
  return std::nullopt;
}

llvm::StringRef memberOfTask(const Place &P) {
  std::optional<Place> Task = taskAround(P);
  if (!Task)
    return "";
  for (const Place::Step &S :
       llvm::ArrayRef(P.Path).drop_front(Task->Path.size()))
    if (S.Field && S.Field->getIdentifier())
      return S.Field->getName();
  return "";
}

QualType typeOf(const Place &P) {
  QualType T = P.Root->getType();
  for (const Place::Step &S : P.Path)
    T = stepInto(T, S);
  return T;
}

} // namespace coro
