//===-- SuspendReport.cpp - Which calls of a file may suspend -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Suspensions.cpp says which calls suspend. Question here: what would the
// programmer say is called, and where? For coro_yield_now(), which our header
// spells out as a call of a marker, that is coro_yield_now, and what a macro
// does is done where the program uses it.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Editor/SuspendReport.h"
#include "Frontend/Editor/PrintSuspends.h"
#include "Frontend/Editor/Suspensions.h"
#include "Frontend/Effects/Effects.h"
#include "Frontend/Effects/IndirectCalls.h"
#include "Frontend/Effects/PointerEffects.h"
#include "Frontend/EvaluatedVisitor.h"
#include "Frontend/MarkerCalls.h"
#include "Frontend/Report.h"
#include "Support/OutputFile.h"
#include "clang/AST/Attr.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace coro {

namespace {
class Lister : public EvaluatedVisitor<Lister> {
  ASTContext &Context;
  const FunctionDecl &F;
  std::vector<SuspendingCall> &Found;

  std::string wordAt(SourceLocation Where) const;
  void setKind(SuspendingCall &Call, llvm::StringRef Direct) const;

public:
  Lister(ASTContext &Context, const FunctionDecl &F,
         std::vector<SuspendingCall> &Found)
      : EvaluatedVisitor(Context), Context(Context), F(F), Found(Found) {}
  bool VisitCallExpr(CallExpr *Call);
  bool VisitVarDecl(VarDecl *Variable);
};
} // namespace

/// The outermost of our header's macros that this comes from, or nothing.
std::string Lister::wordAt(SourceLocation Where) const {
  const SourceManager &SM = Context.getSourceManager();
  std::string Word;
  while (Where.isMacroID()) {
    if (SM.isMacroBodyExpansion(Where)) {
      llvm::StringRef Macro =
          Lexer::getImmediateMacroName(Where, SM, Context.getLangOpts());
      if (Macro.starts_with("coro_"))
        Word = Macro.str();
    }
    Where = SM.getImmediateMacroCallerLoc(Where);
  }
  return Word;
}

/// Tells apart the words of our headers, by the name of the function called.
void Lister::setKind(SuspendingCall &Call, llvm::StringRef Direct) const {
  if (Direct == "__coro_suspend") {
    Call.Kind = SuspendingCall::Suspend;
  } else if (Direct == "__coro_next") {
    Call.Kind = SuspendingCall::Next;
  } else if (Direct == "__coro_yield") {
    Call.Kind = SuspendingCall::Yield;
    Call.Effect = effectsOf(F).print();
  } else if (Call.Callee) {
    // What another generator hands out, this one does.
    EffectSet Effects = effectsOf(*Call.Callee);
    if (Effects.isGenerator() && !Effects.Waits)
      Call.Kind = SuspendingCall::Yield;
  }
}

/// The function or pointer that is called, if it may raise.
static const NamedDecl *raisingCallee(const CallExpr &Call) {
  const NamedDecl *Callee = Call.getDirectCallee();
  if (!Callee)
    Callee = namedBy(writtenCallee(Call));
  return Callee && effectsOf(*Callee).raises() ? Callee : nullptr;
}

bool Lister::VisitCallExpr(CallExpr *Call) {
  std::optional<Suspension> At = suspensionAt(Context, *Call);
  const NamedDecl *Raises = At ? nullptr : raisingCallee(*Call);
  if (!At && !Raises)
    return true;
  const Expr &Callee = writtenCallee(*Call);
  SuspendingCall New{At ? SuspendingCall::Call : SuspendingCall::Raise,
                     &F,
                     "the function pointed to",
                     "yields",
                     At ? At->Callee : Raises,
                     {Callee.getBeginLoc(), Call->getRParenLoc()},
                     Callee.getSourceRange()};
  if (New.Callee) {
    New.Name = New.Callee->getNameAsString();
    New.Effect = effectsOf(*New.Callee).print();
  }
  if (const FunctionDecl *Direct = Call->getDirectCallee();
      Direct && Direct->getIdentifier()) {
    setKind(New, Direct->getName());
    if (std::string Word = wordAt(Call->getBeginLoc());
        Direct->getName().starts_with("__coro_") && !Word.empty())
      New.Name = Word;
  }
  if (const auto *Member = dyn_cast<MemberExpr>(Callee.IgnoreParenImpCasts()))
    New.Selection = Member->getMemberLoc();
  // Of a macro, its name.
  if (New.Selection.getBegin().isMacroID())
    New.Selection =
        Context.getSourceManager().getFileLoc(New.Selection.getBegin());
  Found.push_back(New);
  return true;
}

bool Lister::VisitVarDecl(VarDecl *Variable) {
  const auto *Cleanup = Variable->getAttr<CleanupAttr>();
  const FunctionDecl *Called = Cleanup ? Cleanup->getFunctionDecl() : nullptr;
  if (Called && declaredYields(*Called))
    Found.push_back({SuspendingCall::Cleanup, &F, Called->getNameAsString(),
                     effectsOf(*Called).print(), Called,
                     Variable->getLocation(), Variable->getLocation()});
  return true;
}

/// Puts calls in the order of the text, and what a macro does twice once.
static void sortCalls(const SourceManager &SM,
                      std::vector<SuspendingCall> &Calls) {
  auto placeOf = [&SM](const SuspendingCall &Each) {
    return SM.getFileLoc(Each.Whole.getBegin());
  };
  llvm::stable_sort(
      Calls, [&](const SuspendingCall &A, const SuspendingCall &B) {
        return SM.isBeforeInTranslationUnit(placeOf(A), placeOf(B));
      });
  auto Same = [&](const SuspendingCall &A, const SuspendingCall &B) {
    return placeOf(A) == placeOf(B) && A.Name == B.Name && A.Kind == B.Kind;
  };
  Calls.erase(std::unique(Calls.begin(), Calls.end(), Same), Calls.end());
}

void reportSuspends(Unit &U, llvm::ArrayRef<const FunctionDecl *> Functions) {
  if (U.Opts.SuspendsFile.empty() && U.Opts.SuspendsJsonFile.empty())
    return;
  ASTContext &Context = U.CI.getASTContext();
  const SourceManager &SM = Context.getSourceManager();
  std::vector<SuspendingCall> Calls;
  for (const FunctionDecl *F : Functions)
    // What our headers define is for the reader of the program a call.
    if (!isNamedAsOurs(*F) ||
        SM.isInMainFile(SM.getExpansionLoc(F->getLocation())))
      Lister(Context, *F, Calls).TraverseStmt(F->getBody());
  sortCalls(SM, Calls);
  auto Text = [&](llvm::raw_ostream &OS) { printSuspends(SM, Calls, OS); };
  auto Json = [&](llvm::raw_ostream &OS) {
    printSuspendsAsJson(SM, Context.getLangOpts(), Calls, OS);
  };
  for (auto &Wrong : {writeFile(U.Opts.SuspendsFile, Text),
                      writeFile(U.Opts.SuspendsJsonFile, Json)})
    if (Wrong)
      report(U.CI.getDiagnostics(), SourceLocation(), DiagID::BadArgument,
             {*Wrong});
}

} // namespace coro
