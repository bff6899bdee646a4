//===-- OutcomeForm.h - Functions that say how they ended -------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_OUTCOMEFORM_H
#define CORO_TRANSFORMS_OUTCOMEFORM_H

#include "llvm/IR/Function.h"
#include "llvm/IR/InstrTypes.h"

namespace coro {

/// Gives a function the outcome form, see IR/Outcome.h. What it returned it
/// then returns with the outcome Done. Its calls are left as they are, with the
/// new function as their callee.
llvm::Function *giveOutcomeForm(llvm::Function &F);

/// Puts a call in the outcome form in the place of Call, which is then without
/// uses and still there. Error is null where the callee does not raise; Yields
/// says which of the two attribute sets its places get; the
/// unwind edge of an invoke is kept where KeepEdge says so.
llvm::CallBase *callInOutcomeForm(llvm::CallBase &Call, llvm::Value *Callee,
                                  llvm::Value *Error, bool Yields,
                                  bool KeepEdge);

} // namespace coro

#endif
