//===-- PollTree.cpp - Resumes the innermost frame ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Question: f waits in g, which waits in h. How does f.poll get to h at once,
// and back through g when h is over, without a pointer in any frame?
//
// Where the frames are is known: g's is a part of f's, h's of g's. And the
// state of f says which of them is the innermost that is suspended, and where:
// f has a state for each state of h in g in f (see SuspendPoint::Direct). So
// there is a node for each way down, and f.poll is
//
//   switch state:  a suspension of f's own    resume.f(state)
//                  one of h in g in f         poll.h
//   poll.h:    %s = h.poll(h's frame)
//              br %s == PENDING, pending, else resume.g(waiting for h, %s)
//   resume.g:  %s = g.resume(g's frame, state, status)
//              br %s == PENDING, pending, else resume.f(waiting for g, %s)
//   resume.f:  return f.resume(own frame, state, status)
//   pending:   the own state is the one in the frame that has just suspended,
//              and where that frame is
//
// One level up costs one call and one comparison, and nothing is stored on the
// way. What the frames between say of their state is stale, and nobody asks:
// whoever polls or cancels a child through its own functions first stores that
// child's state.
//
// The number of nodes is limited: a child beyond it is polled by its own
// f.poll. So is every child where code is to be small, and in a function that
// nobody but its callers polls.
//
//===----------------------------------------------------------------------===//

#include "Transforms/PollTree.h"
#include "IR/Parts.h"
#include "coro/abi.h"
#include "llvm/ADT/Statistic.h"

#define DEBUG_TYPE "frame-split"

using namespace llvm;

STATISTIC(NumNodes, "Number of frames inside of others resumed directly");

namespace coro {

static constexpr unsigned MaxNodes = 128;

static uint64_t offsetOfChild(const SuspendPoint &Point) {
  const Value *Child = Point.child();
  const DataLayout &DL = Point.Call->getModule()->getDataLayout();
  APInt Offset(DL.getIndexTypeSizeInBits(Child->getType()), 0);
  Child->stripAndAccumulateConstantOffsets(DL, Offset,
                                           /*AllowNonInbounds=*/true);
  return Offset.getZExtValue();
}

PollTree::PollTree(const Coroutine &C, Function &Part, bool ToTheInnermost,
                   DebugLoc Where, CoroutineLookup Lookup)
    : Part(Part), Context(Part.getContext()), Where(std::move(Where)),
      Lookup(Lookup), States(C.stateIndex()) {
  addNode(C, nullptr, nullptr);
  expand(*Nodes.front(), MaxNodes);
  // Breadth first: what is left out is deep.
  for (unsigned I = 1; ToTheInnermost && I < Nodes.size(); ++I)
    expand(*Nodes[I], MaxNodes);
}

void PollTree::addNode(const Coroutine &C, const Node *Parent,
                       const SuspendPoint *Point) {
  uint64_t Offset = 0;
  unsigned Delta = 0;
  if (Parent) {
    Offset = Parent->Offset + offsetOfChild(*Point);
    Delta = Parent->Delta + Point->State - CORO_STATE_FIRST;
    ++NumNodes;
  }
  Nodes.push_back(std::make_unique<Node>(
      Node{C, Offset, Delta, Parent, Point, !C.hasDirectWaits()}));
}

/// All of a node's children or none.
void PollTree::expand(Node &N, unsigned Limit) {
  unsigned Children =
      count_if(N.C.Points, [](const SuspendPoint &P) { return P.Direct; });
  if (!N.isRoot() && Nodes.size() + Children > Limit)
    return;
  N.Expanded = true;
  for (const SuspendPoint &Point : N.C.Points)
    if (Point.Direct)
      addNode(Lookup(*Point.Direct), &N, &Point);
}

Value *PollTree::frameOf(IRBuilder<> &B, const Node &N) const {
  if (!N.Offset)
    return Part.getArg(0);
  return B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), Part.getArg(0), N.Offset);
}

/// The block that calls f.resume of a node; it is resumed in several states.
BasicBlock *PollTree::resume(Node &N) {
  if (N.Resume)
    return N.Resume;
  N.Resume = block("coro.resume");
  Writer B(N.Resume, Where);
  N.State = B.CreatePHI(B.getInt32Ty(), 2, "state");
  N.Status = B.CreatePHI(B.getInt32Ty(), 2, "status");
  CallInst *Call = B.CreateCall(
      resumeOf(N.C.F), {frameOf(B, N), Part.getArg(1), N.State, N.Status});
  // The own state is stored by the call.
  if (N.isRoot())
    B.CreateRet(Call);
  else
    said(N.Resume, N, Call);
  return N.Resume;
}

void PollTree::resumeFrom(BasicBlock *From, Node &N, unsigned State,
                          Value *Status) {
  BasicBlock *To = resume(N);
  Writer B(From, Where);
  B.CreateBr(To);
  N.State->addIncoming(B.getInt32(State), From);
  N.Status->addIncoming(Status, From);
}

/// From has run a node, with this status.
void PollTree::said(BasicBlock *From, Node &N, Value *Status) {
  buildAfter(N);
  Writer(From, Where).CreateBr(N.After);
  N.Said->addIncoming(Status, From);
}

void PollTree::buildAfter(Node &N) {
  if (N.After)
    return;
  N.After = block("coro.after");
  BasicBlock *Suspended = block("coro.suspended"), *Over = block("coro.over");
  Writer B(N.After, Where);
  N.Said = B.CreatePHI(B.getInt32Ty(), 2, "said");
  B.CreateCondBr(B.CreateICmpEQ(N.Said, B.getInt32(CORO_PENDING)), Suspended,
                 Over);
  B.SetInsertPoint(Suspended);
  suspended(B, N);
  // The parent is no other than one of these.
  resumeFrom(Over, const_cast<Node &>(*N.Parent), N.Point->State, N.Said);
}

/// N has stored where it is suspended.
void PollTree::suspended(IRBuilder<> &B, const Node &N) {
  buildPending();
  Value *State = B.getInt32(N.Delta + CORO_STATE_FIRST);
  if (N.C.suspendStates() > 1) {
    StateIndex Its = N.C.stateIndex();
    State = B.CreateAdd(Its.decode(B, Its.load(B, frameOf(B, N))),
                        B.getInt32(N.Delta));
  }
  B.CreateBr(Pending);
  NewState->addIncoming(State, B.GetInsertBlock());
}

void PollTree::buildPending() {
  if (Pending)
    return;
  Pending = block("coro.pending");
  Writer B(Pending, Where);
  NewState = B.CreatePHI(B.getInt32Ty(), 2, "new.state");
  States.store(B, Part.getArg(0), NewState);
  B.CreateRet(B.getInt32(CORO_PENDING));
}

/// A suspension of a node that has children, but not in one of them.
void PollTree::enterOwn(Node &N, const SuspendPoint &Point) {
  BasicBlock *Enter = block("coro.enter");
  Switch->addCase(States.constant(Point.State + N.Delta), Enter);
  resumeFrom(Enter, N, Point.State,
             ConstantInt::get(Part.getReturnType(), CORO_DONE));
}

/// A suspension of a node without children.
void PollTree::pollLeaf(Node &N, const SuspendPoint &Point) {
  BasicBlock *Enter = block("coro.enter");
  Switch->addCase(States.constant(Point.State + N.Delta), Enter);
  Writer B(Enter, Where);
  Value *Frame = frameOf(B, N);
  // At the function's own place, it may be the same state.
  if (N.sharesState() && (N.Offset || N.Delta))
    B.CreateStore(N.C.state(Point.State), Frame);
  said(Enter, N, B.CreateCall(pollOf(N.C.F), {Frame, Part.getArg(1)}));
}

/// A node whose children are not here.
void PollTree::pollUnexpanded(Node &N) {
  BasicBlock *Enter = block("coro.enter");
  for (unsigned I = 0; I < N.C.suspendStates(); ++I)
    Switch->addCase(States.constant(N.Delta + CORO_STATE_FIRST + I), Enter);
  Writer B(Enter, Where);
  Value *Frame = frameOf(B, N);
  // Its own may be stale even where it has bytes for it: who was resumed last
  // through a larger tree has not told it.
  N.C.stateIndex().store(B, Frame,
                         B.CreateSub(States.decode(B, Switch->getCondition()),
                                     B.getInt32(N.Delta)));
  said(Enter, N, B.CreateCall(pollOf(N.C.F), {Frame, Part.getArg(1)}));
}

void PollTree::build(SwitchInst &OnState) {
  Switch = &OnState;
  for (const std::unique_ptr<Node> &N : Nodes) {
    if (!N->Expanded) {
      pollUnexpanded(*N);
      continue;
    }
    for (const SuspendPoint &Point : N->C.Points) {
      if (Point.Direct)
        continue;
      if (N->C.hasDirectWaits())
        enterOwn(*N, Point);
      else
        pollLeaf(*N, Point);
    }
  }
}

} // namespace coro
