//===-- LowerGenerators.h - Values out of frames and in ---------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_LOWERGENERATORS_H
#define CORO_TRANSFORMS_LOWERGENERATORS_H

#include "llvm/IR/InstrTypes.h"
#include "llvm/IR/Module.h"

namespace coro {

/// ((typeof(&f))__coro_begin(frame, f, &more))(arguments...): starts the
/// generator F and says whether there is a first value.
void lowerBegin(llvm::CallBase &MarkerCall, llvm::Function &F);

/// __coro_next(frame): resumes F's task; 1 where there is a value.
void lowerNext(llvm::CallBase &MarkerCall, llvm::Function &F);

/// Puts the place in the frame where the source names __coro_value or
/// __coro_received.
void lowerExchange(llvm::Module &M);

/// A marker's call, gone; its value was used by nothing that is left.
void eraseCall(llvm::CallBase *Call);

/// The same for a marker that stood for a callee.
void eraseMarker(llvm::CallBase *MarkerCall, llvm::Value *Descriptor);

} // namespace coro

#endif
