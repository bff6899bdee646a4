//===-- StartCall.h - A call of f.start -------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_STARTCALL_H
#define CORO_TRANSFORMS_STARTCALL_H

#include "IR/Facts.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Instructions.h"

namespace coro {

/// Call without its unwind edge.
llvm::CallInst *asCall(llvm::CallBase *Call);

struct StartedCall {
  llvm::CallInst *Call;
  llvm::Value *Status;
  /// Valid where the status is DONE; null where it is in the frame, or there is
  /// none.
  llvm::Value *Result;
  /// The result is signed, where it has fewer bits than its bytes.
  bool Signed = false;
};

/// The call of the callee's start that stands for Call. B must stand where Call
/// does. Start is f.start, or what a descriptor says it is.
StartedCall callStart(llvm::IRBuilder<> &B, llvm::CallBase &Call,
                      llvm::Value *Start, llvm::Value *Frame,
                      llvm::Value *Context);

/// Puts a result that came in registers where a poll would have left it, so
/// that both are read alike. B stands at the end of a block that has none yet.
void keepResult(llvm::IRBuilder<> &B, const StartedCall &Start,
                llvm::Value *Frame, const ResultPlace &Place);

} // namespace coro

#endif
