//===-- CurrentValues.cpp - A value or the latest of its reloads ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Question: a value has been loaded again behind some suspensions. Which of it
// and its reloads does a use mean?
//
//     %x = ...
//     br %c, wait, on        wait: point; %r = load %slot     %r is %x
//     on: use %x                   on: use phi [%x], [%r]
//
// A reload comes before everything else in its block, so that in each block
// there is one answer for all uses, found backwards from the use, as far as the
// nearest reloads or the definition. That takes time with the distance alone.
// Promoting a variable for each value would take time with the function, for
// each value: its frontiers are looked for below the definition.
//
//===----------------------------------------------------------------------===//

#include "Transforms/CurrentValues.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/Instructions.h"
#include "llvm/Transforms/Utils/SSAUpdater.h"

using namespace llvm;

namespace coro {

static BasicBlock *homeOf(Value &V) {
  if (auto *A = dyn_cast<Argument>(&V))
    return &A->getParent()->getEntryBlock();
  return cast<Instruction>(V).getParent();
}

/// The block in which a use looks at the value: that of a phi is at the end of
/// the block it comes from.
static BasicBlock *blockOf(const Use &U) {
  auto *User = cast<Instruction>(U.getUser());
  if (auto *Phi = dyn_cast<PHINode>(User))
    return Phi->getIncomingBlock(U);
  return User->getParent();
}

void CurrentValues::follow(Value &V) {
  Known &Of = Values[&V];
  const BasicBlock *Home = homeOf(V);
  for (Use &U : V.uses())
    if (blockOf(U) != Home)
      Of.Uses.push_back(&U);
}

void CurrentValues::reload(Value &V, BasicBlock &Block, Value &Again) {
  Values[&V].Reloads.push_back({&Block, &Again});
}

void CurrentValues::settle(Value &V, function_ref<void(CurrentAt)> Ask) {
  const Known &Of = Values[&V];
  SSAUpdater Updater;
  Updater.Initialize(V.getType(), V.getName());
  Updater.AddAvailableValue(homeOf(V), &V);
  for (const Definition &D : Of.Reloads)
    Updater.AddAvailableValue(D.Block, D.Current);
  for (Use *U : Of.Uses)
    U->set(Updater.GetValueAtEndOfBlock(blockOf(*U)));
  Ask([&Updater](BasicBlock &Block) {
    return Updater.GetValueAtEndOfBlock(&Block);
  });
}

} // namespace coro
