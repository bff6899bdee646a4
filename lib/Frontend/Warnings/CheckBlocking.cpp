//===-- CheckBlocking.cpp - Blocking calls in functions that yield --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Blocking is a call of what Blocking.def lists, of what says coro_blocking, or
// coro_block_on. For each call in a function that yields, the question is
// whether it blocks, or ends in a call that does: through ordinary functions
// defined in this unit, breadth first, so that the chain shown is a shortest
// one. What another unit's functions do is not known unless they say it.
//
// A name of the list counts where a system header declares it: a program's own
// `accept` or `wait` is its own.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Checks.h"
#include "Frontend/Effects/Effects.h"
#include "Frontend/Effects/PointerEffects.h"
#include "Frontend/EvaluatedVisitor.h"
#include "Frontend/Report.h"
#include "Frontend/Warnings/ThreadFacts.h"
#include "Frontend/Warnings/Warnings.h"
#include "clang/AST/Attr.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"
#include <memory>

using namespace clang;

namespace coro {

namespace {
struct BlockingRow {
  llvm::StringRef Name, Instead;
  int Argument;
  llvm::StringRef Unless;
};

/// A call that the walk follows: it blocks, or its callee may.
struct Step {
  SourceLocation Where;
  std::string Name;
  /// Has a body in this unit; null for one that blocks.
  const FunctionDecl *Into;
  /// Says coro_blocking; null for one of libc's.
  const Decl *Said;
  std::string Instead;
};
} // namespace

static constexpr BlockingRow Rows[] = {
#define CORO_BLOCKING(Name, Instead, Argument, Unless)                         \
  {Name, Instead, Argument, Unless},
#include "Frontend/Warnings/Blocking.def"
};

/// Whether an argument is a constant equal to one of the words, or names one.
static bool argumentIs(const ASTContext &Context, const Expr &E,
                       llvm::StringRef Words) {
  const SourceManager &SM = Context.getSourceManager();
  llvm::StringRef Written = Lexer::getSourceText(
      SM.getExpansionRange(E.getSourceRange()), SM, Context.getLangOpts());
  Expr::EvalResult Constant;
  bool IsConstant = E.EvaluateAsInt(Constant, Context);
  llvm::SmallVector<llvm::StringRef, 4> Each;
  Words.split(Each, ' ');
  return any_of(Each, [&](llvm::StringRef Word) {
    int64_t Number;
    if (!Word.getAsInteger(10, Number))
      return IsConstant && Constant.Val.getInt() == Number;
    return Written.contains(Word);
  });
}

static const BlockingRow *findRow(const ASTContext &Context,
                                  const CallExpr &Call,
                                  const FunctionDecl &Callee) {
  const SourceManager &SM = Context.getSourceManager();
  if (!Callee.getIdentifier() || !SM.isInSystemHeader(SM.getExpansionLoc(
                                     Callee.getFirstDecl()->getLocation())))
    return nullptr;
  const auto *Row = llvm::find_if(
      Rows, [&](const BlockingRow &R) { return R.Name == Callee.getName(); });
  if (Row == std::end(Rows))
    return nullptr;
  bool Exempt = Row->Argument >= 0 &&
                unsigned(Row->Argument) < Call.getNumArgs() &&
                argumentIs(Context, *Call.getArg(Row->Argument), Row->Unless);
  return Exempt ? nullptr : Row;
}

namespace {
/// Collects the calls of a body that block or may lead to one that does.
class Collector : public EvaluatedVisitor<Collector> {
  using Base = EvaluatedVisitor<Collector>;
  const ASTContext &Context;
  std::vector<Step> &Steps;
  unsigned Allowed = 0;

  template <typename Attrs> static bool allows(const Attrs &All) {
    return any_of(All, [](const Attr *A) {
      const auto *S = dyn_cast<SuppressAttr>(A);
      return S && llvm::is_contained(S->diagnosticIdentifiers(),
                                     "coro-blocking-call");
    });
  }
  void addCallee(SourceLocation Where, const FunctionDecl &Callee) {
    std::string Name = Callee.getNameAsString();
    const FunctionDecl *Definition = nullptr;
    if (const Decl *Said = blockingDeclaration(Callee))
      Steps.push_back({Where, Name, nullptr, Said, ""});
    else if (!declaredYields(Callee) && Callee.hasBody(Definition) &&
             !Context.getSourceManager().isInSystemHeader(
                 Definition->getLocation()) &&
             !allows(Definition->attrs()))
      Steps.push_back({Where, Name, Definition, nullptr, ""});
  }

public:
  Collector(const ASTContext &Context, std::vector<Step> &Steps)
      : Base(Context), Context(Context), Steps(Steps) {}

  bool TraverseAttributedStmt(AttributedStmt *S) {
    bool Allows = allows(S->getAttrs());
    Allowed += Allows;
    bool Continue = Base::TraverseAttributedStmt(S);
    Allowed -= Allows;
    return Continue;
  }
  bool TraverseVarDecl(VarDecl *D) {
    bool Allows = D->hasAttrs() && allows(D->attrs());
    Allowed += Allows;
    bool Continue = Base::TraverseVarDecl(D);
    Allowed -= Allows;
    return Continue;
  }
  bool VisitVarDecl(VarDecl *D) {
    if (const auto *Cleanup = D->getAttr<CleanupAttr>(); Cleanup && !Allowed)
      addCallee(D->getLocation(), *Cleanup->getFunctionDecl());
    return true;
  }
  bool VisitCallExpr(CallExpr *Call) {
    if (Allowed)
      return true;
    SourceLocation Where = Call->getBeginLoc();
    const FunctionDecl *Callee = Call->getDirectCallee();
    if (!Callee) {
      const ValueDecl *Pointer = namedBy(*Call->getCallee());
      if (const Decl *Said = Pointer ? blockingDeclaration(*Pointer) : nullptr)
        Steps.push_back({Where, Pointer->getNameAsString(), nullptr, Said, ""});
    } else if (Callee->getIdentifier() &&
               Callee->getName() == "__coro_block_on") {
      Steps.push_back({Where, "coro_block_on", nullptr, nullptr, ""});
    } else if (const BlockingRow *Row = findRow(Context, *Call, *Callee)) {
      Steps.push_back({Where, Callee->getNameAsString(), nullptr, nullptr,
                       Row->Instead.str()});
    } else {
      addCallee(Where, *Callee);
    }
    return true;
  }
};

class BlockingChecker {
  Unit &U;
  llvm::DenseMap<const FunctionDecl *, std::unique_ptr<std::vector<Step>>>
      Known;

  const std::vector<Step> &stepsOf(const FunctionDecl &Definition) {
    std::unique_ptr<std::vector<Step>> &Steps = Known[&Definition];
    if (!Steps) {
      Steps = std::make_unique<std::vector<Step>>();
      Collector(U.CI.getASTContext(), *Steps)
          .TraverseStmt(Definition.getBody());
    }
    return *Steps;
  }
  std::vector<const Step *> chainFrom(const Step &First);
  void explain(const FunctionDecl &F, llvm::ArrayRef<const Step *> Chain);

public:
  explicit BlockingChecker(Unit &U) : U(U) {}
  void check(const FunctionDecl &F);
};
} // namespace

/// The shortest chain of calls that begins with First and blocks, or nothing.
std::vector<const Step *> BlockingChecker::chainFrom(const Step &First) {
  struct Reached {
    const Step *Via;
    size_t Before;
  };
  std::vector<Reached> Queue = {{&First, 0}};
  llvm::SmallPtrSet<const FunctionDecl *, 8> Seen;
  for (size_t I = 0; I < Queue.size(); ++I) {
    const FunctionDecl *Into = Queue[I].Via->Into;
    if (!Into) {
      std::vector<const Step *> Chain;
      for (size_t At = I; At; At = Queue[At].Before)
        Chain.insert(Chain.begin(), Queue[At].Via);
      Chain.insert(Chain.begin(), &First);
      return Chain;
    }
    if (Seen.insert(Into).second)
      for (const Step &Next : stepsOf(*Into))
        Queue.push_back({&Next, I});
  }
  return {};
}

void BlockingChecker::explain(const FunctionDecl &F,
                              llvm::ArrayRef<const Step *> Chain) {
  const Step &First = *Chain.front(), &Last = *Chain.back();
  std::string Advice = "let another thread make the call, with coro_offload";
  if (!Last.Instead.empty())
    Advice = "use " + Last.Instead + ", which waits instead";
  else if (Last.Name == "coro_block_on")
    Advice = "call what it runs from a function that yields";
  bool Said = Chain.size() == 1
                  ? warn(U, &F, First.Where, DiagID::BlockingCall,
                         {Last.Name, F.getNameAsString(), Advice})
                  : warn(U, &F, First.Where, DiagID::BlockingChain,
                         {Last.Name, F.getNameAsString(), Advice, First.Name});
  if (!Said)
    return;
  DiagnosticsEngine &Diags = U.CI.getDiagnostics();
  for (size_t I = 1; I < Chain.size(); ++I)
    report(Diags, Chain[I]->Where, DiagID::CycleCall,
           {Chain[I - 1]->Name, Chain[I]->Name});
  if (Last.Said)
    report(Diags, Last.Said->getLocation(), DiagID::BlocksHere, {Last.Name});
}

void BlockingChecker::check(const FunctionDecl &F) {
  for (const Step &Each : stepsOf(F)) {
    // An error has been said of it, see CheckCalls.
    if (!Each.Into && Each.Name == "coro_block_on")
      continue;
    std::vector<const Step *> Chain = chainFrom(Each);
    if (!Chain.empty())
      explain(F, Chain);
  }
}

void checkBlocking(Unit &U, llvm::ArrayRef<const FunctionDecl *> Coroutines) {
  if (!isWanted(U, DiagID::BlockingCall))
    return;
  BlockingChecker Checker(U);
  for (const FunctionDecl *F : Coroutines)
    Checker.check(*F);
}

} // namespace coro
