//===-- Scratch.cpp - IR of one function, to look at ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The size of a task is a constant of the language and is known to the back
// half alone. So when somebody asks, the function and the functions that yield
// which it calls are compiled into a module of their own, by clang's code
// generator and with the unit's options; the passes run on it up to
// frame-place; the layout is read off, and the module thrown away.
//
// It may leave no trace: messages go nowhere, and nothing is profiled or
// covered. Debug information is off, or lines only.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Tasks/Scratch.h"
#include "Frontend/ClangCompat.h"
#include "Frontend/Effects/Effects.h"
#include "Plugin/Pipeline.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclGroup.h"
#include "clang/AST/GlobalDecl.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/IR/Module.h"
#include "llvm/Passes/PassBuilder.h"

using namespace clang;

namespace coro {

namespace {
/// Collects the definitions that a function's frame depends on.
class Callees : public RecursiveASTVisitor<Callees> {
public:
  llvm::SmallVector<const FunctionDecl *, 8> Found;

  void add(const FunctionDecl *F) {
    const FunctionDecl *Definition = nullptr;
    if (!F || !(declaredYields(*F) || declaredGeneric(*F)) ||
        !F->hasBody(Definition) || Definition->willHaveBody() ||
        llvm::is_contained(Found, Definition))
      return;
    Found.push_back(Definition);
    TraverseStmt(Definition->getBody());
  }
  bool VisitDeclRefExpr(DeclRefExpr *Ref) {
    add(dyn_cast<FunctionDecl>(Ref->getDecl()));
    return true;
  }
  bool VisitVarDecl(VarDecl *D) {
    if (const auto *Cleanup = D->getAttr<CleanupAttr>())
      add(Cleanup->getFunctionDecl());
    return true;
  }
};
} // namespace

static CodeGenOptions scratchOptions(const CodeGenOptions &Unit,
                                     bool WithLines) {
  CodeGenOptions Options = Unit;
  Options.setDebugInfo(WithLines ? llvm::codegenoptions::LocTrackingOnly
                                 : llvm::codegenoptions::NoDebugInfo);
  // A message can then name the variables.
  if (WithLines)
    Options.DiscardValueNames = false;
  Options.CoverageMapping = false;
  Options.ProfileInstrumentUsePath.clear();
  Options.PassBuilderCallbacks.clear();
  return Options;
}

static void runLayout(llvm::Module &M, const PassConfig &Config) {
  llvm::LoopAnalysisManager LAM;
  llvm::FunctionAnalysisManager FAM;
  llvm::CGSCCAnalysisManager CGAM;
  llvm::ModuleAnalysisManager MAM;
  llvm::PassBuilder PB;
  PB.registerModuleAnalyses(MAM);
  PB.registerCGSCCAnalyses(CGAM);
  PB.registerFunctionAnalyses(FAM);
  PB.registerLoopAnalyses(LAM);
  PB.crossRegisterProxies(LAM, FAM, CGAM, MAM);
  llvm::ModulePassManager MPM;
  addLayoutPipeline(MPM, Config);
  MPM.run(M, MAM);
}

std::optional<FrameFacts> layOut(Unit &U, const FunctionDecl &F, bool WithLines,
                                 std::vector<Problem> &Problems) {
  Callees Needed;
  Needed.add(&F);
  if (Needed.Found.empty())
    return std::nullopt;
  ASTContext &Context = U.CI.getASTContext();
  llvm::LLVMContext IRContext;
  IRContext.setDiscardValueNames(!WithLines);
  IgnoringDiagConsumer Ignore;
  std::unique_ptr<DiagnosticsEngine> Silent =
      createSilentDiagnostics(U.CI, Ignore);
  CodeGenOptions Options = scratchOptions(U.CI.getCodeGenOpts(), WithLines);
  auto Generator =
      createCodeGenerator(U.CI, "coro.scratch", Options, IRContext, *Silent);
  Generator->Initialize(Context);
  // As in the unit: all of these may unwind.
  LangOptions &Language = U.CI.getLangOpts();
  auto Restore = llvm::make_scope_exit(
      [&Language, Old = Language.Exceptions] { Language.Exceptions = Old; });
  Language.Exceptions = true;
  for (const FunctionDecl *Definition : Needed.Found) {
    Generator->GetAddrOfGlobal(GlobalDecl(Definition), true);
    Generator->HandleTopLevelDecl(
        DeclGroupRef(const_cast<FunctionDecl *>(Definition)));
  }
  Generator->HandleTranslationUnit(Context);
  llvm::Module *M = Generator->GetModule();
  if (!M || Silent->hasErrorOccurred())
    return std::nullopt;
  PassConfig Config;
  Config.Opts = U.Opts;
  Config.IsScratch = true;
  Config.Opts.PrintFrames = false;
  Config.Opts.FramesFile.clear();
  size_t Before = Problems.size();
  // Warnings come up again when the whole file is compiled.
  Config.Handler = [&](const Problem &P) {
    if (WithLines || diagRow(P.ID).Severity == DiagSeverity::Error)
      Problems.push_back(P);
  };
  runLayout(*M, Config);
  const llvm::Function *Laid = M->getFunction(U.symbol(F));
  if (!Laid || Problems.size() != Before)
    return std::nullopt;
  return frameFacts(*Laid);
}

std::optional<Problem> locateProblem(Unit &U, const FunctionDecl &F,
                                     const Problem &P) {
  std::vector<Problem> Problems;
  layOut(U, F, /*WithLines=*/true, Problems);
  // The passes come by the same problems in the same order.
  unsigned Earlier = U.Located[{P.ID, P.Function}]++;
  for (const Problem &Found : Problems)
    if (Found.ID == P.ID && Found.Function == P.Function && Earlier-- == 0)
      return Found;
  // Which copy of a generic it is found in may depend on all of the file.
  for (const Problem &Found : Problems)
    if (Found.ID == P.ID && !P.CopyOf.empty() && Found.CopyOf == P.CopyOf)
      return Found;
  return std::nullopt;
}

} // namespace coro
