//===-- CheckGenerics.cpp - What a generic may do with its argument -------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A function that yields_as its argument is compiled once for each function it
// is given, and where that one yields, the pointer is no pointer to code. So
// the argument may be called, tested, and passed on to where the same is known
// of it; kept anywhere else, it could be called as what it is not. Nor may it
// change: then it would not be what the caller gave.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Checks.h"
#include "Frontend/Effects/IndirectCalls.h"
#include "Frontend/Generics/Generics.h"
#include "Frontend/MarkerCalls.h"
#include "Frontend/Report.h"
#include "clang/AST/Attr.h"
#include "clang/AST/RecursiveASTVisitor.h"

using namespace clang;

namespace coro {

namespace {
class ArgumentUses : public RecursiveASTVisitor<ArgumentUses> {
  using Base = RecursiveASTVisitor<ArgumentUses>;
  Unit &U;
  const FunctionDecl &F;
  EffectPath Own;
  TableUses &Uses;
  llvm::SmallVector<Stmt *, 32> Above;
  /// The last expression of each ({ ... }), which is its value.
  llvm::SmallPtrSet<const Stmt *, 4> Results;
  bool InBlock = false;

  bool isHarmless(const DeclRefExpr &Ref);
  bool isHarmlessIn(const Stmt &Parent, const Stmt &Use,
                    const EffectPath &Path);
  void addRead(const MemberExpr &Read, FieldChain Fields);

public:
  ArgumentUses(Unit &U, const FunctionDecl &F, EffectPath Own)
      : U(U), F(F), Own(std::move(Own)),
        Uses(U.UsesOfTables[F.getCanonicalDecl()]) {}

  bool TraverseStmt(Stmt *S) {
    if (!S)
      return true;
    if (const auto *Block = dyn_cast<StmtExpr>(S))
      if (const auto *Last =
              dyn_cast_or_null<ValueStmt>(Block->getSubStmt()->body_back()))
        Results.insert(Last->getExprStmt());
    Above.push_back(S);
    bool Continue = Base::TraverseStmt(S);
    Above.pop_back();
    return Continue;
  }
  // What is not evaluated does nothing with it.
  bool TraverseUnaryExprOrTypeTraitExpr(UnaryExprOrTypeTraitExpr *) {
    return true;
  }
  bool TraverseTypeOfExprTypeLoc(TypeOfExprTypeLoc, bool = true) {
    return true;
  }
  bool TraverseGenericSelectionExpr(GenericSelectionExpr *E) {
    return TraverseStmt(E->getResultExpr());
  }

  /// A block keeps a copy, and runs wherever it is called.
  bool TraverseBlockExpr(BlockExpr *E) {
    bool Outer = std::exchange(InBlock, true);
    bool Continue = Base::TraverseBlockExpr(E);
    InBlock = Outer;
    return Continue;
  }

  bool VisitDeclRefExpr(DeclRefExpr *Ref) {
    if (Ref->getDecl() != F.getParamDecl(Own.Parameter) ||
        (isHarmless(*Ref) && !InBlock))
      return true;
    std::string Name = Ref->getDecl()->getNameAsString();
    std::string Path = effectsOf(F).YieldsAs;
    if (Own.IsFlag)
      report(U.CI.getDiagnostics(), Ref->getLocation(), DiagID::FlagChanges,
             {F.getNameAsString(), Name});
    else
      report(U.CI.getDiagnostics(), Ref->getLocation(), DiagID::ArgumentEscapes,
             {F.getNameAsString(), Path, Name});
    return true;
  }
};
} // namespace

/// True where the parent of an argument or of a field reached from it makes
/// nothing of it that could be called later.
bool ArgumentUses::isHarmlessIn(const Stmt &Parent, const Stmt &Use,
                                const EffectPath &Path) {
  if (const auto *Binary = dyn_cast<BinaryOperator>(&Parent))
    return Binary->isComparisonOp() || Binary->isLogicalOp() ||
           (Binary->getOpcode() == BO_Comma && Binary->getLHS() == &Use);
  if (const auto *Unary = dyn_cast<UnaryOperator>(&Parent))
    return Unary->getOpcode() == UO_LNot;
  if (const auto *Choice = dyn_cast<AbstractConditionalOperator>(&Parent))
    return Choice->getCond() == &Use;
  if (const auto *Cast = dyn_cast<CastExpr>(&Parent))
    return Cast->getCastKind() == CK_ToVoid ||
           Cast->getCastKind() == CK_PointerToBoolean;
  const auto *Call = dyn_cast<CallExpr>(&Parent);
  if (!Call)
    return !isa<Expr, DeclStmt, ReturnStmt>(Parent) && !Results.contains(&Use);
  if (Call->getCallee() == &Use)
    return Path == Own;
  // Refused where calls are checked.
  if (isMark(*Call) || isCallOf(*Call, "__coro_try_box"))
    return true;
  const FunctionDecl *Callee = calledFunction(*Call);
  std::optional<EffectPath> Theirs =
      Callee ? genericPath(*Callee) : std::nullopt;
  if (!Theirs || Theirs->Parameter >= Call->getNumArgs() ||
      Call->getArg(Theirs->Parameter) != &Use)
    return false;
  Uses.PassedOn.push_back({Path.Fields, Callee->getCanonicalDecl()});
  EffectPath Through = Path;
  Through.Fields.append(Theirs->Fields.begin(), Theirs->Fields.end());
  return Through == Own;
}

/// Remembers a field that is read, or one further on.
void ArgumentUses::addRead(const MemberExpr &Read, FieldChain Fields) {
  auto Rest = llvm::reverse(Above);
  for (auto It = llvm::find(Rest, &Read); ++It != Rest.end();)
    if (const auto *Member = dyn_cast<MemberExpr>(*It))
      Fields.push_back(dyn_cast<FieldDecl>(Member->getMemberDecl()));
    else if (!isa<ImplicitCastExpr, ParenExpr>(*It))
      break;
  Uses.Reads.push_back({Fields, Read.getMemberLoc()});
}

bool ArgumentUses::isHarmless(const DeclRefExpr &Ref) {
  EffectPath Path;
  Path.Parameter = Own.Parameter;
  bool IsRead = false;
  const Stmt *Use = &Ref;
  for (const Stmt *Parent : llvm::reverse(llvm::ArrayRef(Above).drop_back())) {
    if (const auto *Cast = dyn_cast<ImplicitCastExpr>(Parent)) {
      IsRead |= Cast->getCastKind() == CK_LValueToRValue;
      if (IsRead && Own.IsFlag)
        return true;
      if (Cast->getCastKind() == CK_PointerToBoolean)
        return true;
    } else if (const auto *Member = dyn_cast<MemberExpr>(Parent)) {
      Path.Fields.push_back(dyn_cast<FieldDecl>(Member->getMemberDecl()));
      // Another field of the table, which is its own declaration's matter.
      if (Path.Fields.size() > Own.Fields.size() ||
          !std::equal(Path.Fields.begin(), Path.Fields.end(),
                      Own.Fields.begin())) {
        addRead(*Member, Path.Fields);
        return true;
      }
      IsRead = false;
    } else if (const auto *Unary = dyn_cast<UnaryOperator>(Parent);
               Unary && (Unary->getOpcode() == UO_Deref ||
                         (Unary->getOpcode() == UO_AddrOf &&
                          (IsRead || !Path.Fields.empty())))) {
      IsRead = true;
    } else if (!isa<ParenExpr>(Parent)) {
      return IsRead && isHarmlessIn(*Parent, *Use, Path);
    }
    Use = Parent;
  }
  return true;
}

static SourceLocation attributeLocation(const FunctionDecl &F,
                                        llvm::StringRef Text) {
  for (const auto *A : F.specific_attrs<AnnotateAttr>())
    if (!A->isInherited() && A->getAnnotation().ends_with(Text) &&
        A->getLocation().isValid())
      return A->getLocation();
  return F.getLocation();
}

/// An earlier declaration may name the parameters otherwise; it may not name
/// another one.
static bool agreesWithEarlier(Unit &U, const FunctionDecl &F,
                              const EffectPath &Path,
                              std::string EffectSet::*Which) {
  for (const FunctionDecl *Before = F.getPreviousDecl(); Before;
       Before = Before->getPreviousDecl()) {
    EffectSet Said = ownEffects(*Before), Own = ownEffects(F);
    std::string Why;
    std::optional<EffectPath> Earlier = parsePath(*Before, Said.*Which, Why);
    if (!Earlier || *Earlier == Path)
      continue;
    report(U.CI.getDiagnostics(), F.getLocation(), DiagID::EffectsDisagree,
           {F.getNameAsString(), Own.print(), Said.print()});
    report(U.CI.getDiagnostics(), Before->getLocation(), DiagID::DeclaredHere,
           {F.getNameAsString()});
    return false;
  }
  return true;
}

/// The paths of this declaration lead somewhere.
static bool checkPaths(Unit &U, const FunctionDecl &F) {
  EffectSet Own = ownEffects(F);
  bool Good = true;
  for (auto [Word, Which] : {std::pair("yields_as", &EffectSet::YieldsAs),
                             std::pair("raises_as", &EffectSet::RaisesAs)}) {
    std::string Text = Own.*Which, Why;
    if (Text.empty())
      continue;
    if (std::optional<EffectPath> Path = parsePath(F, Text, Why)) {
      Good &= agreesWithEarlier(U, F, *Path, Which);
      continue;
    }
    report(U.CI.getDiagnostics(), attributeLocation(F, "_as:" + Text),
           DiagID::BadPath, {Word, Text, Why});
    Good = false;
  }
  if (Good && !Own.YieldsAs.empty() && !Own.RaisesAs.empty() &&
      Own.YieldsAs != Own.RaisesAs) {
    report(U.CI.getDiagnostics(), attributeLocation(F, "_as:" + Own.RaisesAs),
           DiagID::BadPath,
           {"raises_as", Own.RaisesAs,
            "it is not what yields_as(" + Own.YieldsAs + ") names"});
    Good = false;
  }
  std::string Why;
  if (Good && !Own.RaisesAs.empty() &&
      parsePath(F, Own.RaisesAs, Why)->IsFlag) {
    report(
        U.CI.getDiagnostics(), attributeLocation(F, "_as:" + Own.RaisesAs),
        DiagID::BadPath,
        {"raises_as", Own.RaisesAs, "an integer does not say what is raised"});
    Good = false;
  }
  return Good;
}

void checkGeneric(Unit &U, const FunctionDecl &F) {
  if (!checkPaths(U, F))
    return;
  std::optional<EffectPath> Own = genericPath(F);
  if (!Own)
    return;
  ASTContext &Context = U.CI.getASTContext();
  if (F.isMain())
    report(U.CI.getDiagnostics(), F.getLocation(), DiagID::MainYields, {});
  U.symbol(F);
  if (!Own->Fields.empty())
    U.GenericFields.insert(Own->Fields.back());
  markGeneric(Context, F);
  markResult(Context, F);
  if (F.isWeak() || F.hasAttr<WeakAttr>())
    report(U.CI.getDiagnostics(), F.getLocation(), DiagID::AttributeConflict,
           {"weak", "another body may replace the one that was specialised",
            "yield"});
  if (!F.doesThisDeclarationHaveABody())
    return;
  if (Own->IsFlag)
    markFlag(Context,
             const_cast<ParmVarDecl &>(*F.getParamDecl(Own->Parameter)));
  ArgumentUses(U, F, *Own).TraverseStmt(F.getBody());
}

} // namespace coro
