//===-- ClangPlugin.cpp - Registration with clang -------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// clang -fplugin=libcoro.so runs Action beside the main action; it gives clang
// the task types, the checks and, through PassBuilderCallbacks, the passes.
//
//===----------------------------------------------------------------------===//

#include "BuildId.h"
#include "Frontend/Checks.h"
#include "Frontend/ClangCompat.h"
#include "Frontend/Editor/SuspendReport.h"
#include "Frontend/Effects/Effects.h"
#include "Frontend/ImplicitNames.h"
#include "Frontend/LinkTime.h"
#include "Frontend/Raising/FunctionEdges.h"
#include "Frontend/Raising/TaskScopes.h"
#include "Frontend/Raising/TryBlocks.h"
#include "Frontend/Report.h"
#include "Frontend/Tasks/ArrayAlignment.h"
#include "Frontend/Tasks/TaskTypes.h"
#include "IR/Markers.h"
#include "Plugin/Pipeline.h"
#include "clang/AST/ASTContext.h"
#include "clang/Frontend/FrontendPluginRegistry.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Sema/Sema.h"
#include "clang/Sema/SemaConsumer.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/FormatVariadic.h"

using namespace clang;

// The other half has it, if it is of the same build; see Plugin/Host.cpp.
extern "C" const char CORO_BUILD_SYMBOL;
extern "C" __attribute__((used)) const char *const coro_front_build =
    &CORO_BUILD_SYMBOL;

namespace coro {

namespace {
/// Checks each function as clang finishes it, before code is generated for it.
class Consumer final : public SemaConsumer {
  std::shared_ptr<Unit> U;
  YieldingCalls Calls;
  std::vector<YieldingCall> FrameUses;
  std::vector<const FunctionDecl *> Coroutines;
  /// Those, and what yields as its argument does.
  std::vector<const FunctionDecl *> Suspending;
  /// All with an effect: those, and what raises.
  std::vector<const FunctionDecl *> WithEffects;
  std::vector<MixedField> Mixed;
  bool Sends = false;
  FunctionEdges Edges;

public:
  explicit Consumer(std::shared_ptr<Unit> Of)
      : U(std::move(Of)), Edges(U->CI) {}

  // Not earlier: clang takes its own builtins to be in a precompiled header
  // where a source of declarations exists before Sema does.
  void InitializeSema(Sema &S) override {
    auto Tasks = llvm::makeIntrusiveRefCnt<TaskTypeSource>(*U);
    addExternalSource(S.getASTContext(), Tasks);
    addSemaSource(S, Tasks);
    addSemaSource(S, llvm::makeIntrusiveRefCnt<ImplicitNames>(S));
  }

  void HandleTagDeclDefinition(TagDecl *Tag) override {
    if (auto *Record = dyn_cast<RecordDecl>(Tag))
      checkRecord(*U, *Record);
  }

  bool HandleTopLevelDecl(DeclGroupRef Group) override {
    for (Decl *D : Group) {
      DiagnosticErrorTrap Errors(U->CI.getDiagnostics());
      auto *F = dyn_cast<FunctionDecl>(D);
      if (F) {
        bool Tries = F->doesThisDeclarationHaveABody() &&
                     !U->CI.getLangOpts().CPlusPlus && !F->isFromASTFile() &&
                     completeTryBlocks(*U, *F);
        checkFunction(*U, *F, Calls, FrameUses);
        if (F->doesThisDeclarationHaveABody() && (Tries || needsEdges(*F)))
          Edges.mark(*F);
        bool Yields = declaredYields(*F);
        if (F->doesThisDeclarationHaveABody() && Yields)
          Coroutines.push_back(F);
        if (F->doesThisDeclarationHaveABody() &&
            (Yields || declaredGeneric(*F))) {
          Suspending.push_back(F);
          if (!F->isFromASTFile())
            alignArraysAsTyped(*F);
        }
        if (F->doesThisDeclarationHaveABody() &&
            (Yields || declaredGeneric(*F) || effectsOf(*F).raises()))
          WithEffects.push_back(F);
        Sends |= handsOver(*F);
      }
      if (!U->ByName.empty() || !U->Raising.empty())
        checkPointers(*U, *D, Mixed);
      if (F && !Errors.hasErrorOccurred())
        checkLinearity(*U, *F);
      if (F && !Errors.hasErrorOccurred())
        checkScopes(*U, *F);
      if (F && !Errors.hasErrorOccurred() && !F->isFromASTFile())
        guardTasks(*U, *F);
    }
    Edges.enter(Group);
    return true;
  }

  void HandleTranslationUnit(ASTContext &) override {
    reportSuspends(*U, WithEffects);
    checkRecursion(*U, Calls);
    checkFramesKnown(*U, FrameUses);
    checkGivenTables(*U, Mixed);
    checkMixedFields(*U, Mixed);
    // As clang's own: one wrong program, one message.
    if (!U->CI.getDiagnostics().hasUncompilableErrorOccurred())
      checkOffered(*U);
    if (!U->CI.getDiagnostics().hasUncompilableErrorOccurred()) {
      checkBlocking(*U, Coroutines);
      checkLocks(*U, Suspending);
      checkCancelSafety(*U, Suspending);
      if (Sends && !U->ByName.empty())
        checkSends(*U);
      checkUnusedEffects(*U, Coroutines);
    }
    // What a pass finds is explained from the source, see Unit::report.
    if (!U->ByName.empty())
      U->CI.getCodeGenOpts().ClearASTBeforeBackend = false;
    Edges.enterRest();
  }
};

class Action final : public PluginASTAction {
  Options Opts;

  void addPasses(CompilerInstance &CI, const std::shared_ptr<Unit> &U) {
    CI.getCodeGenOpts().PassBuilderCallbacks.push_back(
        [U](llvm::PassBuilder &PB) {
          PassConfig Config;
          Config.Opts = U->Opts;
          Config.Defers = defersToLink(U->CI);
          Config.Handler = [U](const Problem &P) { U->report(P); };
          Config.PromisedSize = [U](llvm::StringRef Name) {
            return U->PromisedSize.lookup(Name);
          };
          PB.registerPipelineStartEPCallback(
              [Config](llvm::ModulePassManager &MPM, llvm::OptimizationLevel) {
                addPipeline(MPM, Config);
              });
          PB.registerPeepholeEPCallback(
              [](llvm::FunctionPassManager &FPM, llvm::OptimizationLevel) {
                addLoopPipeline(FPM);
              });
          PB.registerScalarOptimizerLateEPCallback(
              [](llvm::FunctionPassManager &FPM, llvm::OptimizationLevel) {
                addLatePipeline(FPM);
              });
        });
  }

  /// What coro_config(name) reads, in the language and in #if.
  void defineConfig(Preprocessor &PP) const {
    std::string Text;
    for (const auto &[Name, Value] : Opts.Config)
      Text += llvm::formatv("#define __coro_config_has_{0} 1\n"
                            "#define {1}{0} ({2})\n",
                            Name, ConfigPrefix, Value);
    PP.setPredefines(PP.getPredefines() + Text);
  }

protected:
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI,
                                                 llvm::StringRef) override {
    auto U = std::make_shared<Unit>(CI, Opts);
    addPasses(CI, U);
    defineConfig(CI.getPreprocessor());
    return std::make_unique<Consumer>(U);
  }

  bool ParseArgs(const CompilerInstance &CI,
                 const std::vector<std::string> &Arguments) override {
    for (const std::string &Argument : Arguments)
      if (std::optional<std::string> Wrong = Opts.parse(Argument)) {
        report(CI.getDiagnostics(), SourceLocation(), DiagID::BadArgument,
               {*Wrong});
      }
    if (Opts.Help)
      Options::printHelp(llvm::outs());
    // An error was said; going on keeps it the only one.
    return true;
  }

  ActionType getActionType() override { return AddBeforeMainAction; }
};
} // namespace

static FrontendPluginRegistry::Add<Action>
    RegisterAction("coro", "functions that suspend, in plain C");

} // namespace coro
