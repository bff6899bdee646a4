//===-- PollTree.h - Resumes the innermost frame ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_POLLTREE_H
#define CORO_TRANSFORMS_POLLTREE_H

#include "Transforms/PartBuilder.h"
#include <memory>
#include <vector>

namespace coro {

/// The cases of an f.poll for suspensions, where there are direct waits.
class PollTree {
  /// A frame that may be suspended: the function's own, or one inside of it.
  struct Node {
    const Coroutine &C;
    uint64_t Offset; // of the frame, in the function's own
    unsigned Delta;  // from its states to those of the function
    const Node *Parent;
    const SuspendPoint *Point; // of the parent
    bool Expanded;             // its children are nodes of their own

    /// Calls of f.resume and its like come together here.
    llvm::BasicBlock *Resume = nullptr;
    llvm::PHINode *State = nullptr, *Status = nullptr;
    /// Where the frame is looked at after a call: pending, or over.
    llvm::BasicBlock *After = nullptr;
    llvm::PHINode *Said = nullptr;

    bool isRoot() const { return !Parent; }
    /// Its state index is in the same bytes as the parent's, which is stored
    /// last.
    bool sharesState() const { return Parent && Parent->Offset == Offset; }
  };

  llvm::Function &Part;
  llvm::LLVMContext &Context;
  llvm::DebugLoc Where;
  CoroutineLookup Lookup;
  StateIndex States; // of the function
  std::vector<std::unique_ptr<Node>> Nodes;
  llvm::SwitchInst *Switch = nullptr;
  llvm::BasicBlock *Pending = nullptr;
  llvm::PHINode *NewState = nullptr;

  llvm::BasicBlock *block(const llvm::Twine &Name) {
    return llvm::BasicBlock::Create(Context, Name, &Part);
  }
  /// At the end of a block.
  struct Writer : llvm::IRBuilder<> {
    Writer(llvm::BasicBlock *Block, llvm::DebugLoc Where)
        : llvm::IRBuilder<>(Block) {
      SetCurrentDebugLocation(std::move(Where));
    }
  };
  llvm::Value *frameOf(llvm::IRBuilder<> &B, const Node &N) const;
  void addNode(const Coroutine &C, const Node *Parent,
               const SuspendPoint *Point);
  void expand(Node &N, unsigned Limit);
  llvm::BasicBlock *resume(Node &N);
  void resumeFrom(llvm::BasicBlock *From, Node &N, unsigned State,
                  llvm::Value *Status);
  void said(llvm::BasicBlock *From, Node &N, llvm::Value *Status);
  void suspended(llvm::IRBuilder<> &B, const Node &N);
  void buildPending();
  void buildAfter(Node &N);
  void enterOwn(Node &N, const SuspendPoint &Point);
  void pollLeaf(Node &N, const SuspendPoint &Point);
  void pollUnexpanded(Node &N);

public:
  /// ToTheInnermost: whether nodes below the function's direct children are
  /// found at once, or by those children's own polls.
  PollTree(const Coroutine &C, llvm::Function &Part, bool ToTheInnermost,
           llvm::DebugLoc Where, CoroutineLookup Lookup);
  /// The switch is on the state in the frame.
  void build(llvm::SwitchInst &Switch);
};

} // namespace coro

#endif
