//===-- CheckUnusedEffects.cpp - `yields` on what cannot suspend ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A function that other files can call, that a pointer points to, or that is
// started as a task says `yields` for their sake, whatever its body does. What
// is left are static functions that are only called.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Checks.h"
#include "Frontend/Editor/Suspensions.h"
#include "Frontend/Effects/Effects.h"
#include "Frontend/EvaluatedVisitor.h"
#include "Frontend/Report.h"
#include "Frontend/Warnings/Warnings.h"
#include "IR/Markers.h"
#include "clang/AST/Attr.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace coro {

namespace {
/// Whether a body does what only a function that yields may do.
class NeedsEffect : public EvaluatedVisitor<NeedsEffect> {
  const ASTContext &Context;

public:
  bool Found = false;

  explicit NeedsEffect(const ASTContext &Context)
      : EvaluatedVisitor(Context), Context(Context) {}
  bool VisitCallExpr(CallExpr *Call) {
    const FunctionDecl *Callee = Call->getDirectCallee();
    Found |= suspensionAt(Context, *Call).has_value() ||
             (Callee && Callee->getIdentifier() &&
              Callee->getName() == "__coro_self");
    return !Found;
  }
  bool VisitVarDecl(VarDecl *D) {
    const auto *Cleanup = D->getAttr<CleanupAttr>();
    Found |= Cleanup && declaredYields(*Cleanup->getFunctionDecl());
    return !Found;
  }
};

/// Takes out of Candidates what is used otherwise than by calling it.
class OtherUses : public RecursiveASTVisitor<OtherUses> {
  llvm::SmallSetVector<const FunctionDecl *, 8> &Candidates;

public:
  explicit OtherUses(llvm::SmallSetVector<const FunctionDecl *, 8> &Candidates)
      : Candidates(Candidates) {}
  bool VisitDeclRefExpr(DeclRefExpr *Ref) {
    if (const auto *F = dyn_cast<FunctionDecl>(Ref->getDecl()))
      Candidates.remove(F->getDefinition());
    return !Candidates.empty();
  }
  bool TraverseCallExpr(CallExpr *Call) {
    if (!Call->getDirectCallee())
      return RecursiveASTVisitor::TraverseCallExpr(Call);
    for (Expr *Argument : Call->arguments())
      if (!TraverseStmt(Argument))
        return false;
    return true;
  }
  /// The type of its task.
  bool VisitRecordDecl(RecordDecl *D) {
    llvm::StringRef Name = D->getName();
    if (Name.consume_front("coro_task_") && D->isCompleteDefinition())
      Candidates.remove_if(
          [Name](const FunctionDecl *F) { return F->getName() == Name; });
    return true;
  }
};
} // namespace

/// The word `yields` where a declaration has it, as the program wrote it;
/// nothing where a macro of the program or a condition decides.
static bool isWritten(const SourceManager &SM, const LangOptions &Options,
                      SourceLocation Where) {
  llvm::StringRef Text = Lexer::getSourceText(
      CharSourceRange::getTokenRange(asWritten(SM, Where)), SM, Options);
  return Text == "yields" || Text == "CORO_YIELDS" || Text == "coro_yields" ||
         Text == "coro";
}

/// The edits that take the word away from each declaration; nothing where it
/// cannot be taken.
static std::optional<llvm::SmallVector<FixItHint, 2>>
withoutYields(const Unit &U, const FunctionDecl &F) {
  const SourceManager &SM = U.CI.getSourceManager();
  const LangOptions &Options = U.CI.getLangOpts();
  llvm::SmallVector<FixItHint, 2> Edits;
  for (const FunctionDecl *Each : F.redecls())
    for (const auto *A : Each->specific_attrs<AnnotateAttr>()) {
      if (A->isInherited() || A->getAnnotation() != YieldsAnnotation)
        continue;
      SourceLocation Where = asWritten(SM, A->getRange().getBegin());
      if (Where.isMacroID() || !isWritten(SM, Options, Where))
        return std::nullopt;
      CharSourceRange Word = Lexer::getAsCharRange(Where, SM, Options);
      llvm::StringRef Text = Lexer::getSourceText(Word, SM, Options);
      if (Text != "yields" && Text != "CORO_YIELDS")
        continue;
      // With the white space behind it.
      const char *Behind = SM.getCharacterData(Word.getEnd());
      int Space = 0;
      while (Behind[Space] == ' ')
        ++Space;
      Word.setEnd(Word.getEnd().getLocWithOffset(Space));
      Edits.push_back(FixItHint::CreateRemoval(Word));
    }
  return Edits;
}

static bool mayBeUnused(const FunctionDecl &F) {
  EffectSet Effects = effectsOf(F);
  return !F.isExternallyVisible() && F.getIdentifier() && Effects.Waits &&
         !Effects.isGenerator() && !Effects.raises() &&
         Effects.YieldsAs.empty() && Effects.RaisesAs.empty() && !Effects.Boxed;
}

void checkUnusedEffects(Unit &U,
                        llvm::ArrayRef<const FunctionDecl *> Coroutines) {
  if (!isWanted(U, DiagID::UnusedEffect))
    return;
  ASTContext &Context = U.CI.getASTContext();
  llvm::SmallSetVector<const FunctionDecl *, 8> Candidates;
  for (const FunctionDecl *F : Coroutines) {
    if (!mayBeUnused(*F))
      continue;
    NeedsEffect Body(Context);
    Body.TraverseStmt(F->getBody());
    if (!Body.Found)
      Candidates.insert(F);
  }
  if (Candidates.empty())
    return;
  OtherUses(Candidates).TraverseDecl(Context.getTranslationUnitDecl());
  for (const FunctionDecl *F : Candidates)
    if (auto Edits = withoutYields(U, *F))
      warn(U, F, F->getLocation(), DiagID::UnusedEffect, {F->getNameAsString()},
           *Edits);
}

} // namespace coro
