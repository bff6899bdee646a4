//===-- ValueRange.cpp - A set of integers --------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Frontend/Linearity/ValueRange.h"
#include <algorithm>

namespace coro {

ValueRange ValueRange::comparing(clang::BinaryOperatorKind Op, int64_t Than) {
  switch (Op) {
  case clang::BO_LT:
    return Than == Min ? ValueRange() : ValueRange(Min, Than - 1);
  case clang::BO_LE:
    return ValueRange(Min, Than);
  case clang::BO_GT:
    return Than == Max ? ValueRange() : ValueRange(Than + 1, Max);
  case clang::BO_GE:
    return ValueRange(Than, Max);
  case clang::BO_EQ:
    return only(Than);
  default:
    return only(Than).complement();
  }
}

std::optional<int64_t> ValueRange::single() const {
  if (Parts.size() != 1 || Parts[0].First != Parts[0].Last)
    return std::nullopt;
  return Parts[0].First;
}

bool ValueRange::contains(int64_t Value) const {
  return std::any_of(Parts.begin(), Parts.end(), [Value](const Interval &I) {
    return I.First <= Value && Value <= I.Last;
  });
}

ValueRange ValueRange::intersect(const ValueRange &Other) const {
  ValueRange Both;
  for (const Interval &A : Parts)
    for (const Interval &B : Other.Parts) {
      int64_t First = std::max(A.First, B.First);
      int64_t Last = std::min(A.Last, B.Last);
      if (First <= Last)
        Both.Parts.push_back({First, Last});
    }
  return Both;
}

ValueRange ValueRange::complement() const {
  ValueRange Rest;
  int64_t From = Min;
  for (const Interval &I : Parts) {
    if (I.First > From)
      Rest.Parts.push_back({From, I.First - 1});
    if (I.Last == Max)
      return Rest;
    From = I.Last + 1;
  }
  Rest.Parts.push_back({From, Max});
  return Rest;
}

bool ValueRange::operator==(const ValueRange &Other) const {
  return std::equal(Parts.begin(), Parts.end(), Other.Parts.begin(),
                    Other.Parts.end(),
                    [](const Interval &A, const Interval &B) {
                      return A.First == B.First && A.Last == B.Last;
                    });
}

void ValueRange::encode(std::vector<int64_t> &To) const {
  To.push_back(static_cast<int64_t>(Parts.size()));
  for (const Interval &I : Parts) {
    To.push_back(I.First);
    To.push_back(I.Last);
  }
}

} // namespace coro
