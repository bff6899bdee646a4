//===-- Attributes.cpp - What the effect attributes mean ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Attributes.def has the spellings; here is what each leaves on a declaration
// (facts, see Effects.h). An effect that makes a function suspend also declares
// its task type struct coro_task_<name>, which TaskTypes completes when
// somebody needs its size. How declarations fit together is checked once they
// are complete, in CheckDeclarations.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Effects/Effects.h"
#include "Frontend/Report.h"
#include "Frontend/Tasks/TaskTypes.h"
#include "Frontend/Warnings/CancelFacts.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/Basic/CharInfo.h"
#include "clang/Basic/DiagnosticSema.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Sema/ParsedAttr.h"
#include "clang/Sema/Sema.h"

using namespace clang;

namespace coro {

static bool isFunctionPointer(QualType T) {
  T = T.getCanonicalType();
  while (const auto *Array = dyn_cast<ArrayType>(T.getTypePtr()))
    T = Array->getElementType().getCanonicalType();
  if (const auto *Atomic = dyn_cast<AtomicType>(T.getTypePtr()))
    T = Atomic->getValueType();
  return T->isFunctionPointerType();
}

static bool isSubject(const Decl &D) {
  if (isa<FunctionDecl>(D))
    return true;
  if (const auto *Alias = dyn_cast<TypedefNameDecl>(&D))
    return isFunctionPointer(Alias->getUnderlyingType());
  if (isa<VarDecl, FieldDecl>(D))
    return isFunctionPointer(cast<ValueDecl>(D).getType());
  return false;
}

static std::string nameOf(const Decl &D) {
  if (const auto *Named = dyn_cast<NamedDecl>(&D))
    return "'" + Named->getNameAsString() + "'";
  return "this";
}

namespace {
/// One attribute as it stands on one declaration.
struct Use {
  Sema &S;
  Decl &D;
  const ParsedAttr &Attr;
  llvm::StringRef Word;

  bool fail(DiagID ID, llvm::ArrayRef<std::string> Arguments = {}) const {
    report(S.Diags, Attr.getLoc(), ID, Arguments);
    return false;
  }
  Expr *argument(unsigned Index) const {
    return Index < Attr.getNumArgs() && Attr.isArgExpr(Index)
               ? Attr.getArgAsExpr(Index)
               : nullptr;
  }
  QualType type(unsigned Index) const;
  std::optional<bool> condition(unsigned Index) const;
  std::string path(unsigned Index) const;
};
} // namespace

/// The header's macros pass a type T as (T *)0.
QualType Use::type(unsigned Index) const {
  Expr *Given = argument(Index);
  QualType Pointer = Given ? Given->getType() : QualType();
  if (Pointer.isNull() || !Pointer->isPointerType()) {
    fail(DiagID::BadEffectType, {Word.str(), "this is no type"});
    return QualType();
  }
  QualType T = Pointer->getPointeeType();
  // That the macro says __typeof__(T) is nothing that messages should repeat.
  T = asWritten(S.Context, T);
  std::string Why;
  if (T->isVoidType() || T->isFunctionType())
    Why = "'" + T.getAsString() + "' has no values";
  else if (T->isArrayType())
    Why = "an array cannot be assigned; put it into a struct";
  else if (T->isVariablyModifiedType() || T->isSizelessType())
    Why = "the size of '" + T.getAsString() + "' is not known here";
  else if (T->isIncompleteType() && !S.isCompleteType(Attr.getLoc(), T))
    Why = "'" + T.getAsString() + "' is not complete here";
  if (Why.empty())
    return T;
  fail(DiagID::BadEffectType, {Word.str(), Why});
  return QualType();
}

std::optional<bool> Use::condition(unsigned Index) const {
  Expr *Given = argument(Index);
  std::optional<llvm::APSInt> Value;
  if (Given)
    Value = Given->getIntegerConstantExpr(S.Context);
  if (Value)
    return *Value != 0;
  fail(DiagID::BadCondition, {Word.str()});
  return std::nullopt;
}

/// The header's macros pass a path as a string.
std::string Use::path(unsigned Index) const {
  Expr *Given = argument(Index);
  const auto *Text =
      Given ? dyn_cast<StringLiteral>(Given->IgnoreParenImpCasts()) : nullptr;
  std::string Path;
  for (char C : Text ? Text->getString() : llvm::StringRef())
    if (!isWhitespace(C))
      Path += C;
  if (Path.empty())
    fail(DiagID::BadPath, {Word.str(), Path, "it names no parameter"});
  return Path;
}

/// clang would complain of `annotate`, which is ours and which nobody wrote.
/// Only what stands in front of `yields` is seen here; what stands behind it is
/// left to checkDeclaration.
static void refuseMultiversioning(Sema &S, FunctionDecl &F) {
  auto refuse = [&](const Attr *Found) {
    if (Found)
      report(S.Diags, F.getLocation(), DiagID::AttributeConflict,
             {Found->getSpelling(), MultiversionReason.str(), "yield"});
  };
  refuse(F.getAttr<TargetClonesAttr>());
  refuse(F.getAttr<CPUDispatchAttr>());
  refuse(F.getAttr<CPUSpecificAttr>());
  F.dropAttrs<TargetClonesAttr, CPUDispatchAttr, CPUSpecificAttr>();
}

/// A function that suspends: in C, and not main.
static bool beginSuspending(const Use &U) {
  if (U.S.getLangOpts().CPlusPlus)
    return U.fail(DiagID::COnly);
  auto *F = dyn_cast<FunctionDecl>(&U.D);
  if (F)
    refuseMultiversioning(U.S, *F);
  if (F && F->isMain())
    // Its body is then checked as it was meant.
    U.fail(DiagID::MainYields);
  else if (F)
    declareTaskType(U.S, *F);
  return true;
}

static bool applyYields(const Use &U) {
  if (!beginSuspending(U))
    return false;
  if (!declaredYields(U.D) || isa<FunctionDecl>(U.D))
    markYields(U.S.Context, U.D, U.Attr.getRange());
  return true;
}

static bool applyYieldsIf(const Use &U) {
  std::optional<bool> Condition = U.condition(0);
  if (Condition && !*Condition)
    markYieldsElsewhere(U.S.Context, U.D, U.Attr.getRange());
  return Condition && (!*Condition || applyYields(U));
}

static bool applyType(const Use &U, Fact Kind) {
  QualType T = U.type(0);
  if (T.isNull())
    return false;
  markType(U.S.Context, U.D, Kind, T, U.Attr.getRange());
  return true;
}

static bool applyYieldsOf(const Use &U) {
  return beginSuspending(U) && applyType(U, Fact::Value);
}

static bool applyResumesWith(const Use &U) {
  return applyType(U, Fact::Received);
}

static bool applyRaises(const Use &U) {
  if (U.S.getLangOpts().CPlusPlus)
    return U.fail(DiagID::COnly);
  if (auto *F = dyn_cast<FunctionDecl>(&U.D); F && F->isMain())
    U.fail(DiagID::MainRaises);
  return applyType(U, Fact::Error);
}

static bool applyRaisesIf(const Use &U) {
  std::optional<bool> Condition = U.condition(1);
  return Condition && (!*Condition || applyRaises(U));
}

static bool applyPath(const Use &U, Fact Kind) {
  std::string Path = U.path(0);
  if (Path.empty())
    return false;
  EffectSet Before = ownEffects(U.D);
  const std::string &Known =
      Kind == Fact::YieldsAs ? Before.YieldsAs : Before.RaisesAs;
  if (!Known.empty() && Known != Path)
    return U.fail(DiagID::BadPath,
                  {U.Word.str(), Path, "it is '" + Known + "' already"});
  markPath(U.S.Context, U.D, Kind, Path, U.Attr.getRange());
  return true;
}

static bool applyYieldsAs(const Use &U) {
  if (!isa<FunctionDecl>(U.D))
    return U.fail(DiagID::NotOnPointers, {U.Word.str(), nameOf(U.D)});
  return applyPath(U, Fact::YieldsAs);
}

static bool applyRaisesAs(const Use &U) {
  if (!isa<FunctionDecl>(U.D))
    return U.fail(DiagID::NotOnPointers, {U.Word.str(), nameOf(U.D)});
  return applyPath(U, Fact::RaisesAs);
}

static bool applyFrame(const Use &U) {
  Expr *Given = U.argument(0);
  std::optional<llvm::APSInt> Bytes;
  if (Given)
    Bytes = Given->getIntegerConstantExpr(U.S.Context);
  if (!Bytes || *Bytes < 1 || Bytes->getActiveBits() > 32)
    return U.fail(DiagID::BadFrameLimit);
  uint64_t Limit = Bytes->getZExtValue();
  if (auto Earlier = ownFrameLimit(U.D); Earlier && *Earlier != Limit)
    return U.fail(DiagID::LimitTwice,
                  {cast<NamedDecl>(U.D).getNameAsString(),
                   std::to_string(Limit), std::to_string(*Earlier)});
  markFrameLimit(U.S.Context, U.D, Limit, U.Attr.getRange());
  return true;
}

static bool applyBoxed(const Use &U) {
  if (!isa<FunctionDecl>(U.D))
    return U.fail(DiagID::NotOnPointers, {U.Word.str(), nameOf(U.D)});
  markBoxed(U.S.Context, U.D, U.Attr.getRange());
  return true;
}

namespace {
struct AttributeRow {
  llvm::StringRef Name;
  llvm::StringRef Word;
  unsigned NumArguments;
  ParsedAttrInfo::Spelling Spellings[3];
  bool (*Apply)(const Use &U);
};

constexpr AttributeRow Rows[] = {
#define CORO_ATTRIBUTE(Id, Name, Word, NumArguments)                           \
  {Name,                                                                       \
   Word,                                                                       \
   NumArguments,                                                               \
   {{ParsedAttr::AS_GNU, "coro_" Name},                                        \
    {ParsedAttr::AS_C23, "coro::" Name},                                       \
    {ParsedAttr::AS_CXX11, "coro::" Name}},                                    \
   apply##Id},
#include "Frontend/Effects/Attributes.def"
};

enum RowNumber {
#define CORO_ATTRIBUTE(Id, Name, Word, NumArguments) Row##Id,
#include "Frontend/Effects/Attributes.def"
};

template <unsigned Number> class EffectAttribute final : public ParsedAttrInfo {
  static constexpr const AttributeRow &Row = Rows[Number];

public:
  EffectAttribute() {
    Spellings = Row.Spellings;
    NumArgs = Row.NumArguments;
  }

  bool diagAppertainsToDecl(Sema &S, const ParsedAttr &Attr,
                            const Decl *D) const override {
    if (isSubject(*D))
      return true;
    report(S.Diags, Attr.getLoc(), DiagID::WrongSubject,
           {Row.Word.str(), nameOf(*D)});
    return false;
  }

  AttrHandling handleDeclAttribute(Sema &S, Decl *D,
                                   const ParsedAttr &Attr) const override {
    return Row.Apply(Use{S, *D, Attr, Row.Word}) ? AttributeApplied
                                                 : AttributeNotApplied;
  }
};

/// The parser asks for a plugin's C23 attribute without its scope, and where
/// there is none it throws the arguments of [[coro::frame(64)]] away. So there
/// is one; on its own, [[frame]] is unknown as ever.
template <unsigned Number> class Unscoped final : public ParsedAttrInfo {
  // NOLINTNEXTLINE(bugprone-suspicious-stringview-data-usage): a literal's end
  static constexpr const char *Literal = Rows[Number].Name.data();
  static constexpr Spelling Names[] = {{ParsedAttr::AS_C23, Literal}};

public:
  Unscoped() {
    if (Rows[Number].NumArguments)
      Spellings = Names;
    OptArgs = 15;
  }

  AttrHandling handleDeclAttribute(Sema &S, Decl *,
                                   const ParsedAttr &Attr) const override {
    S.Diag(Attr.getLoc(), diag::warn_unknown_attribute_ignored)
        << Attr << Attr.getRange();
    return AttributeNotApplied;
  }
};

/// The header's words are macros. [[coro::yields]] reaches the parser as
/// [[coro::__attribute__((coro_yields))]], and the parser throws away what is
/// in the parentheses. Which word it was, the text tells.
class MacroInBrackets final : public ParsedAttrInfo {
  static const AttributeRow *rowOf(Sema &S, const ParsedAttr &Attr);

public:
  MacroInBrackets() {
    static constexpr Spelling Names[] = {
        {ParsedAttr::AS_C23, "coro::__attribute__"}};
    Spellings = Names;
  }

  AttrHandling handleDeclAttribute(Sema &S, Decl *D,
                                   const ParsedAttr &Attr) const override {
    const AttributeRow *Row = rowOf(S, Attr);
    Use U{S, *D, Attr, Row ? Row->Word : ""};
    bool Applied = !Row             ? U.fail(DiagID::MacroInBrackets)
                   : !isSubject(*D) ? U.fail(DiagID::WrongSubject,
                                             {Row->Word.str(), nameOf(*D)})
                                    : Row->Apply(U);
    return Applied ? AttributeApplied : AttributeNotApplied;
  }
};
} // namespace

/// The attribute without arguments that the macro stands for, or null.
const AttributeRow *MacroInBrackets::rowOf(Sema &S, const ParsedAttr &Attr) {
  llvm::StringRef Text = S.getSourceManager().getCharacterData(
      S.getSourceManager().getSpellingLoc(Attr.getRange().getEnd()));
  if (!Text.consume_front("__attribute__"))
    return nullptr;
  Text = Text.ltrim("( _").take_while(
      [](char C) { return isAlphanumeric(C) || C == '_'; });
  Text.consume_front("coro_");
  for (const AttributeRow &Row : Rows)
    if (!Row.NumArguments && Text.rtrim('_') == Row.Name)
      return &Row;
  return nullptr;
}

#define CORO_ATTRIBUTE(Id, Name, Word, NumArguments)                           \
  static ParsedAttrInfoRegistry::Add<EffectAttribute<Row##Id>> Register##Id(   \
      "coro_" Name, "effect of a function");                                   \
  static ParsedAttrInfoRegistry::Add<Unscoped<Row##Id>> RegisterUnscoped##Id(  \
      "unscoped_" Name, "lets [[coro::" Name "]] have its arguments");
#include "Frontend/Effects/Attributes.def"

static ParsedAttrInfoRegistry::Add<MacroInBrackets>
    RegisterMacro("coro_macro", "the words of the header in brackets");

} // namespace coro
