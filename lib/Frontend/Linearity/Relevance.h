//===-- Relevance.h - Which branches matter to a task -----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_RELEVANCE_H
#define CORO_FRONTEND_RELEVANCE_H

#include "Frontend/Linearity/GraphFacts.h"

namespace coro {

/// Tells the branches that decide what happens to a task from those that come
/// together again with nothing changed for it, and what the former depend on.
class Relevance {
public:
  Relevance(clang::CFG &Graph, GraphFacts &Known, const TaskEvents &Events,
            const Place &Task);

  /// True where the way that is taken out of the block matters.
  bool branches(unsigned Block) const { return Branches[Block]; }
  /// True where a branch that matters may ask for the key, from the block on.
  bool asksFrom(unsigned Block, KeyId Key) const {
    return AskedFrom[Block].contains(Key);
  }

private:
  /// What a block asks for, and what for.
  struct Asked {
    bool ConcernsTask = false;
    llvm::DenseSet<KeyId> ByBranch;
    struct Assignment {
      const clang::ValueDecl *To;
      llvm::DenseSet<KeyId> Keys;
    };
    std::vector<Assignment> ByAssignment;
  };
  GraphFacts &Known;
  std::vector<Asked> Blocks;
  llvm::BitVector Branches;
  std::vector<llvm::DenseSet<KeyId>> AskedFrom;

  template <typename Ask> llvm::DenseSet<KeyId> keysOf(Ask Value);
  void assignments(const clang::Stmt &S, Asked &To);
  void look(const clang::CFGBlock &Block, const TaskEvents &Events,
            const Place &Task);
  void findBranches(clang::CFG &Graph);
  void findAsked(const llvm::DenseSet<const clang::ValueDecl *> &Relevant);
};

} // namespace coro

#endif
