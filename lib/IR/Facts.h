//===-- Facts.h - What is known of a function, as metadata ------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// LowerEffects turns the annotations of the source into these; no later pass
// reads a string.
//
//===----------------------------------------------------------------------===//

#ifndef CORO_IR_FACTS_H
#define CORO_IR_FACTS_H

#include "llvm/IR/Function.h"
#include "llvm/IR/Instructions.h"
#include <optional>

namespace coro {

/// Where a frame's parts are, as far as others need to know.
struct FrameFacts {
  uint64_t Size;
  uint64_t Align;
  uint64_t ResultOffset;
  uint64_t ResultSize;
};

bool isCoroutine(const llvm::Function &F);
void setCoroutine(llvm::Function &F, bool Is = true);

/// A generator that says `yields_of` and not `yields` hands out values and does
/// nothing else while suspended.
bool neverWaits(const llvm::Function &F);
void setNeverWaits(llvm::Function &F, bool Never);

/// A function whose effects follow from an argument; effect-specialise makes a
/// copy of it for each argument with which it yields.
bool isGeneric(const llvm::Function &F);
void setGeneric(llvm::Function &F, bool Is);
/// Such a copy: of whom, and for which function of the source it was made.
void setCopy(llvm::Function &F, const llvm::Function &Of,
             const llvm::Function &Root);
/// A function that takes values out of a generator, until ThreadStates has seen
/// it.
bool isConsumer(const llvm::Function &F);
void setConsumer(llvm::Function &F, bool Is);

/// Known of a function in expanded form: its polls end with DONE if at all, and
/// its cancel with CANCELLED at once. See Analysis/PlainEnd.
bool endsPlainly(const llvm::Function &F);
void setEndsPlainly(llvm::Function &F, bool Does);

/// The same, but it may raise: its cancel never says PENDING.
bool cancelsAtOnce(const llvm::Function &F);
void setCancelsAtOnce(llvm::Function &F, bool Does);

/// Known since then too: cancelling it runs nothing, of itself or of what it
/// waits for. Whoever has its frame may as well forget it.
bool cancelsSilently(const llvm::Function &F);
void setCancelsSilently(llvm::Function &F, bool Does);

/// Somebody in this unit asks for tasks of F to be cancelled.
bool isRequested(const llvm::Function &F);
void setRequested(llvm::Function &F);

/// N of coro_frame(N).
std::optional<uint64_t> frameLimit(const llvm::Function &F);
void setFrameLimit(llvm::Function &F, uint64_t Bytes);

/// What a function of this signature leaves in a frame.
struct ResultPlace {
  uint64_t Offset;
  uint64_t Size; // 0 for none
  uint64_t Align;
};
ResultPlace resultPlace(uint64_t CSize, uint64_t CAlign);
ResultPlace resultPlace(const llvm::Function &F);

/// What passes between a coroutine and who resumes it: its result, a value it
/// yields, one it is resumed with, what it raises instead of a result. A value
/// and one resumed with share a place, for one of them at most is there at a
/// time; a result may be written bit by bit.
enum class Exchange { Result, Value, Received, Error };

/// Size and alignment as C has them. The IR may pass a struct as numbers, whose
/// own size and alignment say little.
void setExchange(llvm::Function &F, Exchange What, uint64_t Size,
                 uint64_t Align);
/// Where a yielded or received value is in F's frame; nothing where F has none.
std::optional<ResultPlace> exchangePlace(const llvm::Function &F,
                                         Exchange What);
/// True where F may raise: it has an Exchange::Error.
bool raises(const llvm::Function &F);
/// Result and error, of which there is one at most, as one place.
ResultPlace endArea(const ResultPlace &Result,
                    const std::optional<ResultPlace> &Error);
ResultPlace endArea(const llvm::Function &F);
/// The same by the rule alone, for a callee of which only the types are known;
/// End is its endArea.
ResultPlace placeBehind(const ResultPlace &End, uint64_t Size, uint64_t Align);
inline bool isGenerator(const llvm::Function &F) {
  return exchangePlace(F, Exchange::Value).has_value();
}
/// The bytes kept for the latter two; both 0 where F has neither.
struct ExchangeArea {
  uint64_t Begin, End, Align;
};
ExchangeArea exchangeArea(const llvm::Function &F);

/// The parameter that is the address for a struct result.
std::optional<unsigned>
structResultParameter(const llvm::FunctionType &Type,
                      const llvm::AttributeList &Attributes);
/// What LLVM calls sret goes with functions that return nothing; this is the
/// same beside an outcome. Its value is the size in bytes.
inline constexpr llvm::StringLiteral StructResultAttribute = "coro.sret";
bool isStructResult(const llvm::AttributeList &Attributes, unsigned Parameter);
llvm::Type *structResultType(llvm::LLVMContext &Context,
                             const llvm::AttributeList &Attributes,
                             unsigned Parameter);

/// The layout of F's frame: as frame-place recorded it, or as coro_frame(N)
/// promises it. Nothing where neither has happened.
std::optional<FrameFacts> frameFacts(const llvm::Function &F);
void setFrameFacts(llvm::Function &F, const FrameFacts &Facts);

/// In how many states F can be suspended, where callers may resume it by one of
/// these: set once its frame is placed.
std::optional<unsigned> suspendStates(const llvm::Function &F);
void setSuspendStates(llvm::Function &F, unsigned States);

/// An alloca that stands for the frame of a callee. Its type gets the callee's
/// frame size once that is known.
void setChildFrame(llvm::AllocaInst &Frame, llvm::Function &Callee);
llvm::Function *childOf(const llvm::AllocaInst &Frame);
/// A variable that came with a flattened callee: the first one it came from.
/// Its name; empty for the function's own.
void setInlinedFrom(llvm::AllocaInst &Variable, const llvm::Function &Callee);
llvm::StringRef inlinedFrom(const llvm::AllocaInst &Variable);
/// The variable is one like others from here on.
void forgetOrigin(llvm::AllocaInst &Variable);

/// An alloca that stands for the place of the function's own struct result.
void setResultSlot(llvm::AllocaInst &Slot);
bool isResultSlot(const llvm::AllocaInst &Slot);
/// The same for the place of what it raises.
void setErrorSlot(llvm::AllocaInst &Slot);
bool isErrorSlot(const llvm::AllocaInst &Slot);

} // namespace coro

#endif
