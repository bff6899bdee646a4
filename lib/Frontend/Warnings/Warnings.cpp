//===-- Warnings.cpp - Which warnings are wanted, and where ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// clang maps no group of warnings to a plugin's own, and one of its versions
// maps none of them to errors. So the level of each is found here, as clang
// finds that of its own: -w and system headers silence, -Werror raises, and
// what the command line says of one name goes before what it says of all.
//
// At one place, coro_allow("name") silences: it is clang's attribute
// `suppress`, which stands on statements and declarations alike.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Warnings/Warnings.h"
#include "Frontend/Report.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace coro {

static WarningLevel levelOf(const Unit &U, DiagID ID) {
  WarningLevel Asked = U.Opts.Warnings.lookup(diagRow(ID).Name);
  if (Asked != WarningLevel::Usual)
    return Asked;
  const DiagnosticsEngine &Diags = U.CI.getDiagnostics();
  if (Diags.getIgnoreAllWarnings() ||
      diagRow(ID).Severity == DiagSeverity::Optional)
    return WarningLevel::Silent;
  return Diags.getWarningsAsErrors() ? WarningLevel::Error
                                     : WarningLevel::Usual;
}

bool isWanted(const Unit &U, DiagID ID) {
  return levelOf(U, ID) != WarningLevel::Silent;
}

static bool names(const SuppressAttr &A, llvm::StringRef Name) {
  return llvm::is_contained(A.diagnosticIdentifiers(), Name);
}

namespace {
/// Calls Visit with each attribute `suppress` of a body and what it is on.
template <typename Callback>
class SuppressVisitor : public RecursiveASTVisitor<SuppressVisitor<Callback>> {
  Callback Visit;

public:
  explicit SuppressVisitor(Callback Visit) : Visit(Visit) {}
  bool VisitAttributedStmt(AttributedStmt *S) {
    for (const Attr *A : S->getAttrs())
      if (const auto *Found = dyn_cast<SuppressAttr>(A))
        Visit(*Found, S->getSourceRange());
    return true;
  }
  bool VisitVarDecl(VarDecl *D) {
    for (const auto *A : D->specific_attrs<SuppressAttr>())
      Visit(*A, D->getSourceRange());
    return true;
  }
};
} // namespace

template <typename Callback>
static void forEachSuppression(const FunctionDecl &F, Callback Visit) {
  for (const FunctionDecl *Each : F.redecls())
    for (const auto *A : Each->specific_attrs<SuppressAttr>())
      Visit(*A, SourceRange());
  if (const Stmt *Body = F.getBody())
    SuppressVisitor<Callback>(Visit).TraverseStmt(const_cast<Stmt *>(Body));
}

bool isAllowed(const Unit &U, const FunctionDecl *Function,
               SourceLocation Where, DiagID ID) {
  if (!Function)
    return false;
  const SourceManager &SM = U.CI.getSourceManager();
  llvm::StringRef Name = diagRow(ID).Name;
  bool Allowed = false;
  forEachSuppression(*Function, [&](const SuppressAttr &A, SourceRange On) {
    Allowed |=
        names(A, Name) &&
        (On.isInvalid() || SM.isPointWithin(Where, On.getBegin(), On.getEnd()));
  });
  return Allowed;
}

bool warn(Unit &U, const FunctionDecl *Function, SourceLocation Where,
          DiagID ID, llvm::ArrayRef<std::string> Arguments,
          llvm::ArrayRef<FixItHint> Fixes) {
  DiagnosticsEngine &Diags = U.CI.getDiagnostics();
  WarningLevel Level = levelOf(U, ID);
  if (Level == WarningLevel::Silent)
    return false;
  if (Where.isValid() && Diags.getSuppressSystemWarnings() &&
      U.CI.getSourceManager().isInSystemHeader(
          U.CI.getSourceManager().getExpansionLoc(Where)))
    return false;
  if (isAllowed(U, Function, Where, ID))
    return false;
  reportAs(Diags, Where, ID,
           Level == WarningLevel::Error ? DiagSeverity::Error
                                        : DiagSeverity::Warning,
           Arguments, Fixes);
  return true;
}

void checkAllowance(Unit &U, const SuppressAttr &A) {
  for (llvm::StringRef Name : A.diagnosticIdentifiers())
    if (Name.starts_with("coro-"))
      if (std::optional<std::string> Wrong = wrongWarningName(Name))
        report(U.CI.getDiagnostics(), A.getLocation(), DiagID::BadAllowance,
               {*Wrong});
}

} // namespace coro
