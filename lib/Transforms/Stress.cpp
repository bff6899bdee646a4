#include "Transforms/Passes.h"
using namespace llvm;
namespace coro {
PreservedAnalyses Stress::run(Module &, ModuleAnalysisManager &) {
  return PreservedAnalyses::all();
}
} // namespace coro
