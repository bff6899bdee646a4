//===-- LinkBodies.h - Bodies that wait for the link ------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// With -flto, f.body is what f was before its calls were expanded: its
// suspensions are markers still, and a marker at its beginning, a note, names
// its parts and those of callees that other files define. Until the link it is
// sealed: no pass of LLVM may move anything over a marker.
//
//===----------------------------------------------------------------------===//

#ifndef CORO_IR_LINKBODIES_H
#define CORO_IR_LINKBODIES_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/InstrTypes.h"

namespace coro {

inline constexpr llvm::StringLiteral BodySuffix = ".body";

/// What a body is at the link.
enum class BodyKind {
  Waiting, ///< its parts are to be made of it
  Copy,    ///< its parts are there; callers may flatten it
  Facts    ///< its parts are there; only its facts count, not its code
};

/// Keeps every pass of LLVM away, and remembers which attributes that cost.
void seal(llvm::Function &F);
void unseal(llvm::Function &F);

/// Makes a coroutine a body, which no pass of ours sees.
void setBody(llvm::Function &F, BodyKind Kind);
std::optional<BodyKind> bodyKind(const llvm::Function &F);
/// Makes a body a coroutine again.
void clearBody(llvm::Function &F);

/// Makes a declaration of it, with all that is known of it.
void dropCode(llvm::Function &F);

/// The first operand of a note. What follows:
///   Parts   the body itself, how many parts there are, the parts: start, poll,
///           cancel, descriptor, bind if there is one; the body's arguments
///   Callee  parts of a function of another unit, for their names
///   Stub    the body, and the arguments
enum class LinkNote { Parts, Callee, Stub };
/// Calls the marker with these operands.
llvm::CallInst *createNote(llvm::Instruction &Before, LinkNote Kind,
                           llvm::ArrayRef<llvm::Value *> Operands);
LinkNote noteKind(const llvm::CallBase &Note);

} // namespace coro

#endif
