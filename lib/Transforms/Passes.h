//===-- Passes.h - The passes of the coroutine transform --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Each is a module pass that can be run alone by opt; Plugin/Pipeline.cpp has
// the order and the reasons for it.
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_PASSES_H
#define CORO_TRANSFORMS_PASSES_H

#include "Support/Diagnostics.h"
#include "Support/Options.h"
#include "llvm/IR/PassManager.h"
#include <memory>

namespace coro {

/// What a pass is told from outside. Copied into each pass.
struct PassConfig {
  Options Opts;
  /// The module is one that is looked at and thrown away: what nothing uses in
  /// it stays.
  bool IsScratch = false;
  /// What follows is a link that sees more: a function whose callees are
  /// unknown may wait for it.
  bool Defers = false;
  /// This is that link.
  bool AtLink = false;
  /// Empty in opt: the LLVM context takes the messages.
  ProblemHandler Handler;
  /// Looks up the size a task type was given, by function name; 0 for none.
  std::function<uint64_t(llvm::StringRef)> PromisedSize;

  /// Set by the first error; shared by the passes of a pipeline.
  std::shared_ptr<bool> Failed = std::make_shared<bool>(false);

  void report(const Problem &P, const llvm::Function &F) const {
    *Failed |= diagRow(P.ID).Severity == DiagSeverity::Error;
    if (Handler)
      Handler(P);
    else
      contextHandler(F)(P);
  }
};

/// What every pass shares: it must run even on optnone functions, because code
/// with markers in it cannot be emitted.
template <typename Derived>
class CoroPass : public llvm::PassInfoMixin<Derived> {
protected:
  PassConfig Config;

public:
  explicit CoroPass(PassConfig C) : Config(std::move(C)) {}
  static bool isRequired() { return true; }
};

#define CORO_PASS(Name, Class)                                                 \
  class Class : public CoroPass<Class> {                                       \
  public:                                                                      \
    using CoroPass::CoroPass;                                                  \
    llvm::PreservedAnalyses run(llvm::Module &M,                               \
                                llvm::ModuleAnalysisManager &AM);              \
  };
#include "Transforms/Passes.def"

} // namespace coro

#endif
