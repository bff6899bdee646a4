//===-- CheckTables.cpp - What generics do with tables they are given -----===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//   yields_as(ops->next) int drain(const struct ops *ops) {
//     return ops->next(ops->first());
//   }
//
// The call of `next` is compiled for what the table holds there. That of
// `first` is what the field's declaration says, so the table may hold nothing
// else in it. What a generic reads, and whom it gives its table, is known once
// the unit has ended; here each table that was given to one is followed through
// that.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Checks.h"
#include "Frontend/Effects/PointerEffects.h"
#include "Frontend/Generics/Generics.h"
#include "Frontend/Generics/KnownFunctions.h"
#include "Frontend/Report.h"
#include "clang/AST/ASTContext.h"

using namespace clang;

namespace coro {

namespace {
class TableWalk {
  Unit &U;
  llvm::ArrayRef<MixedField> Mixed;
  const GivenTable &Table;
  llvm::SmallPtrSet<const FunctionDecl *, 8> Seen;

  std::string denied(const FieldChain &Fields) const;
  bool checkUnseen(const FunctionDecl &F);

public:
  TableWalk(Unit &U, llvm::ArrayRef<MixedField> Mixed, const GivenTable &Table)
      : U(U), Mixed(Mixed), Table(Table) {}
  bool check(const FunctionDecl &F, const FieldChain &From);
};
} // namespace

/// True where an object of type T has the fields of Record in it, or leads to
/// one that has.
static bool leadsTo(QualType T, const RecordDecl *Record,
                    llvm::SmallPtrSetImpl<const RecordDecl *> &Seen) {
  while (T->isPointerType() || T->isArrayType())
    T = T->isPointerType() ? T->getPointeeType()
                           : QualType(T->getArrayElementTypeNoTypeQual(), 0);
  const RecordDecl *Own = T->getAsRecordDecl();
  Own = Own ? Own->getDefinition() : nullptr;
  if (!Own || !Seen.insert(Own).second)
    return false;
  return Own == Record || llvm::any_of(Own->fields(), [&](const FieldDecl *F) {
           return leadsTo(F->getType(), Record, Seen);
         });
}

static std::string nameOf(const MixedField &Of) {
  const ValueDecl *Named = namedBy(*Of.Function);
  return Named ? "'" + Named->getNameAsString() + "'"
               : "the function pointed to";
}

/// What is found there that the field does not say, as a message has it; empty
/// for nothing.
std::string TableWalk::denied(const FieldChain &Fields) const {
  ASTContext &Context = U.CI.getASTContext();
  const FieldDecl &Field = *Fields.back();
  if (Field.getType()->isFunctionPointerType()) {
    const Expr *Known = knownField(Context, *Table.Given, Fields);
    if (const FunctionDecl *F =
            Known ? knownFunction(Context, *Known) : nullptr) {
      SaidEffects Says = declarationSays(Field);
      bool Fits = whyNotCallable(Context, effectsOf(*F), *Says).empty();
      return Fits ? "" : "'" + F->getNameAsString() + "'";
    }
  }
  for (const MixedField &Each : Mixed) {
    llvm::SmallPtrSet<const RecordDecl *, 8> Seen;
    if (Each.Table == Table.Table->getDecl() &&
        (Each.Field == &Field ||
         leadsTo(Field.getType(), Each.Field->getParent(), Seen)))
      return nameOf(Each);
  }
  return "";
}

/// Of a body elsewhere nothing is known but the path. False after an error.
bool TableWalk::checkUnseen(const FunctionDecl &F) {
  std::optional<EffectPath> Path = genericPath(F);
  for (const MixedField &Each : Mixed)
    if (Each.Table == Table.Table->getDecl() && Path &&
        Each.Field != Path->Fields.back()) {
      report(U.CI.getDiagnostics(), Table.Table->getLocation(),
             DiagID::MixedTable,
             {Each.Table->getNameAsString(), nameOf(Each),
              Each.Field->getNameAsString()});
      report(U.CI.getDiagnostics(), F.getLocation(), DiagID::DeclaredHere,
             {F.getNameAsString()});
      return false;
    }
  return true;
}

/// Follows the table to F, which is given what the fields From lead to. False
/// after an error.
bool TableWalk::check(const FunctionDecl &F, const FieldChain &From) {
  if (!Seen.insert(&F).second)
    return true;
  if (!F.isDefined())
    return checkUnseen(F);
  const TableUses &Uses = U.UsesOfTables[&F];
  auto further = [&From](const FieldChain &Fields) {
    FieldChain Whole = From;
    Whole.append(Fields.begin(), Fields.end());
    return Whole;
  };
  for (const auto &[Fields, Where] : Uses.Reads) {
    std::string What = denied(further(Fields));
    if (What.empty())
      continue;
    DiagnosticsEngine &Diags = U.CI.getDiagnostics();
    std::string Name = Fields.back()->getNameAsString();
    report(Diags, Table.Table->getLocation(), DiagID::MixedTable,
           {Table.Table->getDecl()->getNameAsString(), What, Name});
    report(Diags, Where, DiagID::FieldReadHere, {F.getNameAsString(), Name});
    return false;
  }
  for (const auto &[Fields, Callee] : std::vector(Uses.PassedOn))
    if (!check(*Callee, further(Fields)))
      return false;
  return true;
}

void checkGivenTables(Unit &U, llvm::ArrayRef<MixedField> Mixed) {
  for (const GivenTable &Table : U.GivenTables)
    if (llvm::any_of(Mixed, [&Table](const MixedField &Each) {
          return Each.Table == Table.Table->getDecl();
        }))
      TableWalk(U, Mixed, Table).check(*Table.Generic, {});
}

} // namespace coro
