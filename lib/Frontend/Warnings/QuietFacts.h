//===-- QuietFacts.h - What declarations say to warnings --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Words that change no code. What each says stays in the AST, as an attribute
// that means nothing to the code generator.
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_QUIETFACTS_H
#define CORO_FRONTEND_QUIETFACTS_H

#include "Frontend/Report.h"
#include "clang/Sema/ParsedAttr.h"
#include "clang/Sema/Sema.h"

namespace coro {

/// Fact must live as long as the program.
void addQuietFact(clang::ASTContext &Context, clang::Decl &D,
                  llvm::StringLiteral Fact, clang::SourceRange Range);

/// Whether this declaration says it itself.
bool saysQuietly(const clang::Decl &D, llvm::StringRef Fact);

/// A declaration of the same thing that says it, or null.
const clang::Decl *quietlySaid(const clang::Decl &D, llvm::StringRef Fact);

/// An attribute that leaves a fact: its word, its subjects, and what is said of
/// others.
template <const llvm::StringLiteral &Fact,
          bool (*IsSubject)(const clang::Decl &), DiagID Wrong>
class FactAttribute : public clang::ParsedAttrInfo {
  Spelling Names[3];
  const char *Word;

public:
  FactAttribute(const char *Word, const char *Scoped)
      : Names{{clang::ParsedAttr::AS_GNU, Word},
              {clang::ParsedAttr::AS_C23, Scoped},
              {clang::ParsedAttr::AS_CXX11, Scoped}},
        Word(Word) {
    Spellings = Names;
  }
  FactAttribute(const FactAttribute &) = delete;

  bool diagAppertainsToDecl(clang::Sema &S, const clang::ParsedAttr &Attr,
                            const clang::Decl *D) const override {
    if (IsSubject(*D))
      return true;
    const auto *Named = llvm::dyn_cast<clang::NamedDecl>(D);
    report(S.Diags, Attr.getLoc(), Wrong,
           {Word, Named ? "'" + Named->getNameAsString() + "'" : "this"});
    return false;
  }

  AttrHandling
  handleDeclAttribute(clang::Sema &S, clang::Decl *D,
                      const clang::ParsedAttr &Attr) const override {
    addQuietFact(S.Context, *D, Fact, Attr.getRange());
    return AttributeApplied;
  }
};

} // namespace coro

#endif
