//===-- StoredTypes.h - In how many bytes a value is kept -------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_ANALYSIS_STOREDTYPES_H
#define CORO_ANALYSIS_STOREDTYPES_H

#include "IR/Coroutine.h"
#include <memory>

namespace coro {

/// The type of a slot: a value's own, or a narrower integer that the value is
/// truncated to in front of a suspension and extended from behind it.
struct StoredType {
  llvm::Type *Type;
  bool Signed = false;
  /// What an address is kept as the distance from: a variable or a global.
  llvm::Value *Base = nullptr;
};

class StoredTypes {
  struct Analyses;
  const Coroutine &C;
  const bool Allowed;
  /// Made when the first value asks for them.
  std::unique_ptr<Analyses> Known;

public:
  /// Where narrowing is not allowed, every value is kept as it is.
  StoredTypes(const Coroutine &C, bool Allowed);
  ~StoredTypes();

  /// For a value that crosses these suspensions.
  StoredType typeOf(llvm::Value &V, llvm::ArrayRef<unsigned> Points);
};

} // namespace coro

#endif
