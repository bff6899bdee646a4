//===-- LargeFrames.h - Frames above a limit, and why -----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_LARGEFRAMES_H
#define CORO_TRANSFORMS_LARGEFRAMES_H

#include "Analysis/FrameLayout.h"
#include "Transforms/Passes.h"
#include "llvm/ADT/StringMap.h"

namespace coro {

/// Collects the frames of a module, then warns of the large ones.
class LargeFrames {
  const PassConfig &Config;
  struct Candidate {
    const llvm::Function *F;
    uint64_t Size;
    Problem Found;
    /// What came from other functions: their names, and how many bytes.
    std::vector<std::pair<std::string, uint64_t>> FromOthers;
  };
  llvm::StringMap<uint64_t> Sizes;
  std::vector<Candidate> Candidates;

public:
  explicit LargeFrames(const PassConfig &Config) : Config(Config) {}

  /// Looks at a frame that is laid out and not yet placed.
  void add(const Coroutine &C, const FrameLayout &Layout);

  /// Warns. What is large because of another large frame inside is left to
  /// that one.
  void report() const;
};

} // namespace coro

#endif
