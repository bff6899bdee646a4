//===-- Parts.h - The functions a coroutine is compiled into ----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// For a C function f: f.start, f.poll, f.cancel, f.bind and the descriptor
// f.coro. Each can be named before it has a body; all have f's linkage and
// visibility.
//
//===----------------------------------------------------------------------===//

#ifndef CORO_IR_PARTS_H
#define CORO_IR_PARTS_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/GlobalVariable.h"

namespace coro {

inline constexpr llvm::StringLiteral StartSuffix = ".start",
                                     PollSuffix = ".poll",
                                     CancelSuffix = ".cancel",
                                     BindSuffix = ".bind",
                                     ResumeSuffix = ".resume",
                                     DescriptorSuffix = ".coro";

/// f.start(ptr frame, ptr cx, parameters...): the call itself. It returns a
/// status, i32, or where the function has a result that is no struct,
/// { i32, result }: what is done at once comes back in registers, and nothing
/// is written to the frame, not even its state. Only a generator's frame is as
/// after a poll.
///
/// A variadic start returns the status alone.
///
/// Variable arguments must be passed just where the C function's would be, for
/// va_arg counts registers. So a variadic start has no argument before its own:
/// the frame comes in the register for a static chain, and the context in the
/// frame, at variadicContextOffset.
llvm::Function *startOf(llvm::Function &F);
uint64_t variadicContextOffset(const llvm::DataLayout &DL);
/// How many parameters of a start are not the C function's.
unsigned leadingParameters(const llvm::FunctionType &SourceType);
/// The type of f.poll and f.cancel.
llvm::FunctionType *pollType(llvm::LLVMContext &Context);
/// i32 f.poll(ptr frame, ptr cx): resumes.
llvm::Function *pollOf(llvm::Function &F);
/// The F of a part that pollOf has made; null for any other function.
llvm::Function *coroutineOf(const llvm::Function &Poll);
void forgetCoroutine(llvm::Function &Poll);
/// i32 f.resume(ptr frame, ptr cx, i32 state, i32 status): goes on in this
/// state, where a direct wait has ended with this status. Internal: only
/// callers whose state tells it resume a function so.
llvm::Function *resumeOf(llvm::Function &F);
/// i32 f.cancel(ptr frame, ptr cx): resumes for nothing but to clean up.
llvm::Function *cancelOf(llvm::Function &F);
/// void f.bind(ptr frame, parameters...): stores them for a later poll.
llvm::Function *bindOf(llvm::Function &F);
/// The read-only descriptor.
llvm::GlobalVariable *descriptorOf(llvm::Function &F);

/// include/coro/abi.h's struct coro_descriptor, and its fields in order.
llvm::StructType *descriptorType(llvm::Module &M);
enum class DescriptorField {
  Abi,
  Align,
  Size,
  ResultOffset,
  ResultSize,
  ValueOffset,
  ValueSize,
  ErrorOffset,
  ErrorSize,
  Poll,
  Cancel,
  Start,
  Name
};

/// F's parameters that are the caller's to pass: all but the places of a struct
/// result and of an error, which are in the frame.
llvm::SmallVector<unsigned, 8> passedParameters(const llvm::Function &F);
llvm::SmallVector<unsigned, 8>
passedParameters(const llvm::FunctionType &Type,
                 const llvm::AttributeList &Attributes);

/// Those of a parameter's attributes that describe how a value is passed, not
/// what the callee does with memory.
llvm::AttributeSet passingAttributes(llvm::LLVMContext &Context,
                                     llvm::AttributeSet From);

/// f.start's type for a function, or a pointer to one, of type T; Outcome says
/// whether that is in the outcome form.
llvm::FunctionType *startType(llvm::FunctionType *T, bool Outcome,
                              llvm::ArrayRef<unsigned> Passed);

/// Drops from a generated function whatever the source function's attributes
/// say that is true of the call as a whole and not of one of its parts.
void copyPartAttributes(llvm::Function &Part, const llvm::Function &F);

} // namespace coro

#endif
