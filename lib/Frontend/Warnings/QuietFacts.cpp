//===-- QuietFacts.cpp - What declarations say to warnings ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Frontend/Warnings/QuietFacts.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"

using namespace clang;

namespace coro {

void addQuietFact(ASTContext &Context, Decl &D, llvm::StringLiteral Fact,
                  SourceRange Range) {
  llvm::StringRef Texts[] = {Fact};
  D.addAttr(SuppressAttr::CreateImplicit(Context, Texts, 1, Range));
}

bool saysQuietly(const Decl &D, llvm::StringRef Fact) {
  return any_of(D.specific_attrs<SuppressAttr>(), [Fact](const auto *A) {
    return !A->isInherited() &&
           llvm::is_contained(A->diagnosticIdentifiers(), Fact);
  });
}

const Decl *quietlySaid(const Decl &D, llvm::StringRef Fact) {
  for (const Decl *Each : D.redecls())
    if (saysQuietly(*Each, Fact))
      return Each;
  return nullptr;
}

} // namespace coro
