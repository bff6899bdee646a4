//===-- CalleeEnd.h - What a callee leaves when it is over ------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_CALLEEEND_H
#define CORO_TRANSFORMS_CALLEEEND_H

#include "IR/Facts.h"
#include "IR/Parts.h"
#include "llvm/IR/IRBuilder.h"

namespace coro {

/// Where a callee's result and error are in its frame.
struct CalleeEnd {
  ResultPlace Result;
  std::optional<ResultPlace> Error;
  /// The result, where it has been read already.
  llvm::Value *Value = nullptr;
  /// Says where the error is where Error does not.
  llvm::Value *Descriptor = nullptr;

  explicit CalleeEnd(const llvm::Function &Callee);
  CalleeEnd(const ResultPlace &Result, llvm::Value *Descriptor)
      : Result(Result), Descriptor(Descriptor) {}
};

/// The parts of a call in the outcome form.
struct FinishedCall {
  llvm::Value *Result; // null where the call has none
  llvm::Value *How;
};

/// Call stands where its callee is over, Frame is the callee's, and Status is
/// what it ended with. Blocks in front of Call take the result, or copy the
/// error to where Call wants it.
FinishedCall finishCall(llvm::CallInst &Call, llvm::Value *Status,
                        llvm::Value *Frame, const CalleeEnd &End);

/// Gives Call's users these parts.
void replaceParts(llvm::CallInst &Call, const FinishedCall &Parts);

/// Both, for a call in the outcome form or, where Status does not count, not.
void takeOver(llvm::CallInst &Call, llvm::Value *Status, llvm::Value *Frame,
              const CalleeEnd &End);

/// A field of a descriptor.
llvm::Value *descriptorField(llvm::IRBuilder<> &B, llvm::Value *Descriptor,
                             DescriptorField Field);

} // namespace coro

#endif
