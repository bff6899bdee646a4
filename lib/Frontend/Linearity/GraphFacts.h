//===-- GraphFacts.h - What holds on every path of a function ---*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_GRAPHFACTS_H
#define CORO_FRONTEND_GRAPHFACTS_H

#include "Frontend/Linearity/ConditionKeys.h"
#include "Frontend/Linearity/RaiseEdges.h"
#include "Frontend/Linearity/TaskEvents.h"
#include "clang/Analysis/CFG.h"
#include "llvm/ADT/BitVector.h"

namespace coro {

/// What the search for paths asks of a function's graph as a whole.
class GraphFacts {
public:
  /// A way out of a block.
  struct Edge {
    const clang::CFGBlock *To;
    /// The condition it depends on, or null; and how.
    const clang::Expr *Condition;
    bool True;
    /// Of a switch: its label, null where no case fits, and the values.
    const clang::Stmt *Label;
    bool IsSwitch;
    ValueRange Values;
  };

  GraphFacts(clang::ASTContext &Context, const clang::CFG &Graph,
             const RaiseEdges &Raises, const TaskEvents &Events,
             const Place &Task);

  Keys &keys() { return All; }
  /// By their number; null where there is none.
  const clang::CFGBlock *block(unsigned Id) const { return Blocks[Id]; }
  clang::ASTContext &context() { return Context; }
  /// The edge that a raise takes from here, if it concerns the variable.
  std::optional<RaiseEdges::Edge>
  raiseFrom(const clang::Stmt &S, const clang::VarDecl &Variable) const {
    return Raises.from(S, Variable);
  }
  /// The edges that may be taken at all.
  std::vector<Edge> edgesOf(const clang::CFGBlock &Block);
  llvm::ArrayRef<const clang::CFGBlock *> blocks() const { return Blocks; }
  /// The blocks that can be come to after this one.
  const llvm::BitVector &reach(unsigned Block) const { return Reach[Block]; }
  /// True for `&x` as an argument of coro_start, which runs nothing: x does not
  /// change there.
  bool isBound(const clang::Stmt *Address) const {
    return Bound.contains(Address);
  }
  /// True for a block of a loop that ends some elements of an array of tasks.
  bool endsSome(unsigned Block) const { return EndsSome[Block]; }

  /// True where the edge leaves a loop that runs the task. Nobody but the
  /// program knows why it may do that without having run it at all.
  bool leavesLoopThatRuns(unsigned From, unsigned To) const;

private:
  clang::ASTContext &Context;
  const RaiseEdges &Raises;
  Keys All;
  std::vector<const clang::CFGBlock *> Blocks;
  std::vector<llvm::BitVector> Reach;
  llvm::BitVector EndsSome;
  std::vector<llvm::BitVector> LoopsThatRun;
  llvm::DenseSet<const clang::Stmt *> Bound;

  std::vector<Edge> edgesOfSwitch(const clang::CFGBlock &Block,
                                  const clang::SwitchStmt &Switch);
  void reach(llvm::BitVector &From, const clang::CFGBlock *Next) const;
  void findReach();
  void findExposed();
  void findEndsSome(const TaskEvents &Events, const Place &Task);
  void findLoopsThatRun(const TaskEvents &Events, const Place &Task);
};

} // namespace coro

#endif
