//===-- Outcome.h - How a call ended, beside its result ---------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// From effect-unwind on, a function that may end otherwise than by returning
// has the outcome form:
//
//   int f(char *s);   becomes   { i32, i8 } @f(ptr %s, ptr %coro.error)
//   void g(void);     becomes   i8 @g(ptr %coro.error)
//
// The first part is the result, poison unless the outcome is Done. Where the
// function raises, its last fixed parameter is the place for what it raises, in
// its caller. In an ordinary function that raises this is the ABI.
//
//===----------------------------------------------------------------------===//

#ifndef CORO_IR_OUTCOME_H
#define CORO_IR_OUTCOME_H

#include "llvm/IR/Function.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstrTypes.h"

namespace coro {

/// The second part of what such a function returns.
enum class Outcome : uint8_t { Done = 0, Raised = 1, Cancelled = 2 };

/// True where the function has the outcome form.
bool hasOutcome(const llvm::Function &F);
void setHasOutcome(llvm::Function &F);
/// The same of a call, whose callee may be known at run time only.
bool hasOutcome(const llvm::CallBase &Call);
void setHasOutcome(llvm::CallBase &Call);

/// On the error parameter of a function that yields, and in calls of one: it is
/// a place in the frame after the split.
inline constexpr llvm::StringLiteral ErrorAttribute = "coro.error";
/// On a function whose result is signed and smaller than a register: beside an
/// outcome that is no attribute of what it returns.
inline constexpr llvm::StringLiteral SignedResultAttribute = "coro.signext";
bool returnsSigned(const llvm::Function &F);
/// What is passed for it; null where the callee does not raise.
llvm::Value *errorOperand(const llvm::CallBase &Call);

/// What a function with this result returns in the outcome form.
llvm::Type *outcomeForm(llvm::Type *Result);
/// The result in it: the reverse.
llvm::Type *resultInForm(llvm::Type *Form);

/// The parts of a value of that form. The result is null where there is none.
llvm::Value *resultPart(llvm::IRBuilder<> &B, llvm::Value *Returned);
llvm::Value *outcomePart(llvm::IRBuilder<> &B, llvm::Value *Returned);
/// Such a value; Result is null where there is none, or none is valid.
llvm::Value *inOutcomeForm(llvm::IRBuilder<> &B, llvm::Type *Form,
                           llvm::Value *Result, llvm::Value *How);
llvm::Constant *outcomeConstant(llvm::LLVMContext &Context, Outcome How);

/// The place for what F raises; null where F is not in the outcome form or does
/// not raise.
llvm::Argument *errorParameter(llvm::Function &F);

/// A function whose unwind edges clang made for us alone: its foreign ones lead
/// nowhere.
bool hasOwnEdges(const llvm::Function &F);
void setHasOwnEdges(llvm::Function &F);
/// One that yields, and no exception may leave.
bool stopsExceptions(const llvm::Function &F);
void setStopsExceptions(llvm::Function &F);
/// One that clang has generated although the unit may not use it.
bool isHeld(const llvm::Function &F);
void setHeld(llvm::Function &F);

} // namespace coro

#endif
