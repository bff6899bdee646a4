//===-- DropUnused.cpp - Functions made only for their edges --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Transforms/DropUnused.h"
#include "IR/Facts.h"
#include "IR/Outcome.h"
#include "llvm/Transforms/Utils/ModuleUtils.h"

using namespace llvm;

namespace coro {

void dropUnused(Module &M, bool Yielding) {
  SmallPtrSet<Constant *, 8> Held;
  for (Function &F : M)
    if (isHeld(F))
      Held.insert(&F);
  if (!Held.empty())
    removeFromUsedLists(M, [&](Constant *C) {
      return Held.contains(cast<Constant>(C->stripPointerCasts()));
    });
  bool Dropped = true;
  while (Dropped) {
    Dropped = false;
    for (Function &F : make_early_inc_range(M)) {
      if (!hasOwnEdges(F) || F.isDeclaration() || !F.isDiscardableIfUnused() ||
          (isCoroutine(F) && !Yielding))
        continue;
      F.removeDeadConstantUsers();
      if (!F.use_empty())
        continue;
      F.eraseFromParent();
      Dropped = true;
    }
  }
}

} // namespace coro
