//===-- FrameRecord.h - What a frame holds, in the source's terms *- C++
//-*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_ANALYSIS_FRAMERECORD_H
#define CORO_ANALYSIS_FRAMERECORD_H

#include "Analysis/FrameLayout.h"
#include <optional>
#include <string>
#include <vector>

namespace coro {

/// A place in the source, as far as debug information says it; line 0 is none.
struct SourcePlace {
  std::string Function;
  std::string File;
  unsigned Line = 0, Column = 0;
};

/// A variable of the source that a part of a frame keeps.
struct SourceVariable {
  std::string Name;
  std::string Type;
  /// Where it is declared. The function is another one than the frame's if that
  /// was fused.
  SourcePlace Where;
};

/// A part of a frame. Parts share bytes where they are not needed together.
struct FrameMember {
  enum KindOf { Argument, Value, Variable, Frame, Result } Kind;
  /// In the IR; of a Frame, the callee's. May be empty.
  std::string Name;
  /// Empty without debug information, and for what the compiler made itself.
  std::vector<SourceVariable> Variables;
  uint64_t Offset, Size, Align;
  /// Why it is stored and not computed again: a clause for people.
  llvm::StringRef Why;
  /// The line of the instruction that makes a value; 0 where none is known.
  unsigned Line;
};

struct FrameSuspension {
  /// The first state that says it; and for a direct wait, how many do, one for
  /// each state of the callee. 0 for any other suspension: the callee's frame
  /// says where that is.
  unsigned State, States;
  /// The function that is waited for; empty for an explicit suspension and for
  /// a call through a pointer.
  std::string Callee;
  /// The index of the member that is its frame or, of one in a box, has its
  /// address.
  std::optional<unsigned> Child;
  bool Boxed;
  /// Of a call through a pointer: the member that is the pointer, to a
  /// descriptor. None where the function computes it anew.
  std::optional<unsigned> Descriptor;
  /// The suspension, then the calls that led there and were fused. Empty
  /// without debug information.
  std::vector<SourcePlace> Where;
  /// Indices of the members whose bytes it keeps.
  std::vector<unsigned> Live;
  /// Their bytes in sum.
  uint64_t Bytes;
};

/// Holds nothing of the IR, so that it outlives it.
struct FrameRecord {
  /// As in the IR, and in the source where debug information says it.
  std::string Symbol;
  SourcePlace Where;
  /// The unit, and whether only that knows the function: others may have one of
  /// the same name.
  std::string Unit;
  bool IsLocal;
  uint64_t Size, Align;
  uint64_t StateSize;
  /// The result's place once the function is done; size 0 for none. The same of
  /// a value that a generator hands out, and of what the function raises.
  ResultPlace Result, Yielded, Error;
  /// N of coro_frame(N): the bytes that callers give the frame.
  std::optional<uint64_t> Limit;
  std::vector<FrameMember> Members;
  std::vector<FrameSuspension> Suspensions;
  /// The most bytes alive at once while the task is at rest.
  uint64_t MostAlive = 0;
};

/// What a message calls a member of Record: its variables, or what else is
/// known of it.
std::string describeMember(const FrameRecord &Record,
                           const FrameMember &Member);

FrameRecord recordFrame(const Coroutine &C, const FrameLayout &Layout);

} // namespace coro

#endif
