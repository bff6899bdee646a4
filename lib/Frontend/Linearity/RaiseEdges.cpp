//===-- RaiseEdges.cpp - Where a function goes on after a raise -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// In the graph, a coro_try is an `if` (see Raising/TryBlocks), as if its
// condition decided at the start of the block.
//
//===----------------------------------------------------------------------===//

#include "Frontend/Linearity/RaiseEdges.h"
#include "Frontend/Effects/Effects.h"
#include "Frontend/EvaluatedVisitor.h"
#include "Frontend/Raising/RaisingCalls.h"
#include "Frontend/Raising/TryBlocks.h"

using namespace clang;

namespace coro {

namespace {
class Collector : public EvaluatedVisitor<Collector> {
public:
  using Blocks = llvm::SmallVector<const IfStmt *, 2>;
  const FunctionDecl &F;
  Blocks Around;
  llvm::DenseMap<const Stmt *, Blocks> Calls;
  llvm::DenseMap<const VarDecl *, Blocks> Variables;

  explicit Collector(const FunctionDecl &F)
      : EvaluatedVisitor(F.getASTContext()), F(F) {}

  bool TraverseIfStmt(IfStmt *If) {
    if (!caughtBy(*If))
      return EvaluatedVisitor::TraverseIfStmt(If);
    Around.push_back(If);
    TraverseStmt(If->getThen());
    Around.pop_back();
    return TraverseStmt(If->getElse());
  }
  bool VisitVarDecl(VarDecl *D) {
    Variables[D] = Around;
    return true;
  }
  bool VisitCallExpr(CallExpr *Call) {
    if (callMayRaise(F, *Call))
      Calls[Call] = Around;
    return true;
  }
};
} // namespace

RaiseEdges::RaiseEdges(const FunctionDecl &F, const CFG &Graph)
    : Cancels(declaredYields(F) || declaredGeneric(F)) {
  Collector Found(F);
  Found.TraverseStmt(F.getBody());
  Calls = std::move(Found.Calls);
  Variables = std::move(Found.Variables);
  for (const CFGBlock *Block : Graph) {
    const auto *If = dyn_cast_or_null<IfStmt>(Block->getTerminatorStmt());
    if (If && caughtBy(*If) && Block->succ_size() == 2)
      Catches[If] = std::next(Block->succ_begin())->getReachableBlock();
  }
}

const CFGBlock *RaiseEdges::catchOf(const Stmt &S) const {
  auto Call = Calls.find(&S);
  return Call == Calls.end() || Call->second.empty()
             ? nullptr
             : Catches.lookup(Call->second.back());
}

std::optional<RaiseEdges::Edge>
RaiseEdges::from(const Stmt &S, const VarDecl &Variable) const {
  auto Call = Calls.find(&S);
  if (Call == Calls.end())
    return std::nullopt;
  const Blocks &Around = Call->second;
  bool Ends = Around.empty() ||
              llvm::is_contained(Variables.lookup(&Variable), Around.back());
  if (Ends && Cancels)
    return std::nullopt;
  return Edge{Around.empty() ? nullptr : Catches.lookup(Around.back()), Ends};
}

} // namespace coro
