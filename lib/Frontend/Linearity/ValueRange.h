//===-- ValueRange.h - A set of integers ------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_FRONTEND_VALUERANGE_H
#define CORO_FRONTEND_VALUERANGE_H

#include "clang/AST/OperationKinds.h"
#include "llvm/ADT/SmallVector.h"
#include <cstdint>
#include <optional>
#include <vector>

namespace coro {

/// A set of 64-bit integers, as ascending intervals that do not touch.
class ValueRange {
  struct Interval {
    int64_t First, Last;
  };
  llvm::SmallVector<Interval, 2> Parts;

public:
  static constexpr int64_t Min = INT64_MIN, Max = INT64_MAX;

  ValueRange() = default; // empty
  ValueRange(int64_t First, int64_t Last) {
    if (First <= Last)
      Parts.push_back({First, Last});
  }
  static ValueRange all() { return ValueRange(Min, Max); }
  static ValueRange only(int64_t Value) { return ValueRange(Value, Value); }
  /// The values V for which `V Op Than` holds.
  static ValueRange comparing(clang::BinaryOperatorKind Op, int64_t Than);

  bool empty() const { return Parts.empty(); }
  int64_t lowest() const { return Parts.front().First; }
  int64_t highest() const { return Parts.back().Last; }
  std::optional<int64_t> single() const;
  bool contains(int64_t Value) const;
  bool within(const ValueRange &Other) const {
    return intersect(Other) == *this;
  }

  ValueRange intersect(const ValueRange &Other) const;
  ValueRange complement() const;

  bool operator==(const ValueRange &Other) const;
  /// Appends numbers that no other set appends.
  void encode(std::vector<int64_t> &To) const;
};

} // namespace coro

#endif
