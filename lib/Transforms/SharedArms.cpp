//===-- SharedArms.cpp - Waits of one among many --------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Any number of functions may wait for a coro_shared. Each has a node, a
// variable of its own for the time of the wait, which is the future that it
// polls and cancels:
//
//   coro_wait(s)      coro_shared_wait_op node;
//                     coro_shared_wait_op_init(&node, s);
//                     coro_wait(&node)
//
// coro_any leaves its other arms as they are, but the node is gone then: so the
// wait ends, which changes nothing for what is waited for.
//
//===----------------------------------------------------------------------===//

#include "Transforms/SharedArms.h"
#include "Support/Compat.h"
#include "llvm/IR/Module.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"

using namespace llvm;

namespace coro {

/// coro_shared_wait_op has the size of so many pointers and words of 32 bits:
/// see shared.c.
static constexpr unsigned PointersOfNode = 8, WordsOfNode = 2;

static AllocaInst *nodeIn(Function &F) {
  LLVMContext &Context = F.getContext();
  Type *Node = StructType::get(
      ArrayType::get(PointerType::getUnqual(Context), PointersOfNode),
      ArrayType::get(Type::getInt32Ty(Context), WordsOfNode));
  IRBuilder<> Entry(&F.getEntryBlock(), F.getEntryBlock().begin());
  return Entry.CreateAlloca(Node, nullptr, "coro.wait.node");
}

/// Where the call has come back.
static Instruction *behind(CallBase &Call) {
  auto *Invoke = dyn_cast<InvokeInst>(&Call);
  if (!Invoke)
    return Call.getNextNode();
  BasicBlock *Next = SplitEdge(Invoke->getParent(), Invoke->getNormalDest());
  return &*Next->getFirstInsertionPt();
}

/// The nodes are free from here on.
static void closeAt(Instruction *Where, const Combined &C) {
  IRBuilder<> B(Where);
  for (const Arm &A : C.Arms)
    if (A.IsNode)
      createLifetimeEnd(B, cast<AllocaInst>(A.Frame));
}

void endSharedWaits(IRBuilder<> &B, const Combined &C) {
  Module &M = *C.Call->getModule();
  for (const Arm &A : C.Arms)
    if (A.IsNode)
      B.CreateCall(M.getOrInsertFunction("coro_shared_wait_op_end",
                                         B.getVoidTy(), B.getPtrTy()),
                   {A.Frame});
}

void openSharedWaits(Combined &C) {
  Module &M = *C.Call->getModule();
  LLVMContext &Context = M.getContext();
  Type *Ptr = PointerType::getUnqual(Context), *Void = Type::getVoidTy(Context);
  IRBuilder<> B(C.Call);
  for (Arm &A : C.Arms) {
    if (!isMarker(A.Frame, Marker::SharedArm))
      continue;
    AllocaInst *Node = nodeIn(*C.Call->getFunction());
    createLifetimeStart(B, Node);
    B.CreateCall(
        M.getOrInsertFunction("coro_shared_wait_op_init", Void, Ptr, Ptr),
        {Node, cast<CallBase>(A.Frame)->getArgOperand(0)});
    A.Poll = M.getOrInsertFunction("coro_shared_wait_op_poll",
                                   Type::getInt32Ty(Context), Ptr, Ptr)
                 .getCallee();
    A.Frame = Node;
    A.IsNode = true;
  }
  if (none_of(C.Arms, [](const Arm &A) { return A.IsNode; }))
    return;
  Instruction *After = behind(*C.Call);
  if (C.Kind == Marker::Any) {
    B.SetInsertPoint(After);
    endSharedWaits(B, C);
  }
  closeAt(After, C);
  if (auto *Invoke = dyn_cast<InvokeInst>(C.Call))
    closeAt(&*Invoke->getUnwindDest()->getFirstInsertionPt(), C);
}

} // namespace coro
