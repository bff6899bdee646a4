//===-- Attributes.cpp - yields, coro_frame -------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Spellings and subjects of the effect attributes. Each leaves a fact on the
// declaration (see Effects.h), and `yields` on a function also declares the
// task type struct coro_task_<name>, which TaskTypes completes when somebody
// needs its size.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Effects.h"
#include "Frontend/Report.h"
#include "Frontend/TaskTypes.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
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

/// clang would complain of `annotate`, which is ours and which nobody wrote.
/// Only what stands in front of `yields` is seen here; what stands behind it is
/// left to checkDeclaration.
static void refuseMultiversioning(Sema &S, FunctionDecl &F) {
  auto refuse = [&](const Attr *Found) {
    if (Found)
      report(S.Diags, F.getLocation(), DiagID::AttributeConflict,
             {Found->getSpelling(), MultiversionReason.str()});
  };
  refuse(F.getAttr<TargetClonesAttr>());
  refuse(F.getAttr<CPUDispatchAttr>());
  refuse(F.getAttr<CPUSpecificAttr>());
  F.dropAttrs<TargetClonesAttr, CPUDispatchAttr, CPUSpecificAttr>();
}

/// Where the macro `yields` is defined, [[coro::yields]] reaches the parser as
/// [[coro::__attribute__((coro_yields))]], and the parser throws the arguments
/// away. Which of the two words it was, the text tells.
static bool isYieldsMacro(Sema &S, const ParsedAttr &Attr) {
  llvm::StringRef Text = S.getSourceManager().getCharacterData(
      S.getSourceManager().getSpellingLoc(Attr.getRange().getEnd()));
  return Text.consume_front("__attribute__") &&
         Text.ltrim("( ").starts_with("coro_yields");
}

namespace {
class EffectAttribute : public ParsedAttrInfo {
  llvm::StringRef Word;

protected:
  explicit EffectAttribute(llvm::StringRef Word) : Word(Word) {}

public:
  bool diagAppertainsToDecl(Sema &S, const ParsedAttr &Attr,
                            const Decl *D) const override {
    if (isSubject(*D))
      return true;
    report(S.Diags, Attr.getLoc(), DiagID::WrongSubject,
           {Word.str(), nameOf(*D)});
    return false;
  }
};

class YieldsAttribute final : public EffectAttribute {
public:
  YieldsAttribute() : EffectAttribute("yields") {
    static constexpr Spelling Names[] = {
        {ParsedAttr::AS_GNU, "coro_yields"},
        {ParsedAttr::AS_C23, "coro::yields"},
        {ParsedAttr::AS_C23, "coro::__attribute__"},
        {ParsedAttr::AS_CXX11, "coro::yields"}};
    Spellings = Names;
  }

  AttrHandling handleDeclAttribute(Sema &S, Decl *D,
                                   const ParsedAttr &Attr) const override {
    if (S.getLangOpts().CPlusPlus) {
      report(S.Diags, Attr.getLoc(), DiagID::COnly, {});
      return AttributeNotApplied;
    }
    if (Attr.getAttrName()->isStr("__attribute__") && !isYieldsMacro(S, Attr)) {
      report(S.Diags, Attr.getLoc(), DiagID::MacroInBrackets, {});
      return AttributeNotApplied;
    }
    auto *F = dyn_cast<FunctionDecl>(D);
    if (F)
      refuseMultiversioning(S, *F);
    if (F && F->isMain()) {
      report(S.Diags, Attr.getLoc(), DiagID::MainYields, {});
      // Its body is then checked as it was meant.
      markYields(S.Context, *D, Attr.getRange());
      return AttributeApplied;
    }
    if (!declaredYields(*D) || F)
      markYields(S.Context, *D, Attr.getRange());
    if (F)
      declareTaskType(S, *F);
    return AttributeApplied;
  }
};

class FrameAttribute final : public EffectAttribute {
public:
  FrameAttribute() : EffectAttribute("coro_frame") {
    static constexpr Spelling Names[] = {{ParsedAttr::AS_GNU, "coro_frame"},
                                         {ParsedAttr::AS_C23, "coro::frame"},
                                         {ParsedAttr::AS_CXX11, "coro::frame"}};
    Spellings = Names;
    NumArgs = 1;
  }

  AttrHandling handleDeclAttribute(Sema &S, Decl *D,
                                   const ParsedAttr &Attr) const override {
    std::optional<llvm::APSInt> Bytes;
    if (Attr.getNumArgs() == 1 && Attr.isArgExpr(0))
      Bytes = Attr.getArgAsExpr(0)->getIntegerConstantExpr(S.Context);
    if (!Bytes || *Bytes < 1 || Bytes->getActiveBits() > 32) {
      report(S.Diags, Attr.getLoc(), DiagID::BadFrameLimit, {});
      return AttributeNotApplied;
    }
    uint64_t Limit = Bytes->getZExtValue();
    if (auto Earlier = ownFrameLimit(*D); Earlier && *Earlier != Limit) {
      report(S.Diags, Attr.getLoc(), DiagID::LimitTwice,
             {cast<NamedDecl>(D)->getNameAsString(), std::to_string(Limit),
              std::to_string(*Earlier)});
      return AttributeNotApplied;
    }
    markFrameLimit(S.Context, *D, Limit, Attr.getRange());
    return AttributeApplied;
  }
};

/// The parser asks for a plugin's C23 attribute without its scope, and where
/// there is none it throws the arguments of [[coro::frame(64)]] away. So there
/// is one; on its own, [[frame]] is unknown as ever.
class UnscopedFrame final : public ParsedAttrInfo {
public:
  UnscopedFrame() {
    static constexpr Spelling Names[] = {{ParsedAttr::AS_C23, "frame"}};
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
} // namespace

static ParsedAttrInfoRegistry::Add<YieldsAttribute>
    RegisterYields("coro_yields", "a function that may suspend");
static ParsedAttrInfoRegistry::Add<FrameAttribute>
    RegisterFrame("coro_frame", "the most bytes a frame takes");
static ParsedAttrInfoRegistry::Add<UnscopedFrame>
    RegisterUnscoped("frame", "lets [[coro::frame]] have its argument");

} // namespace coro
