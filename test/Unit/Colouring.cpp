// RUN: %unit/Colouring
//===-- Colouring.cpp - Offsets keep conflicting items apart --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Analysis/Colouring.cpp"
#include "check.h"
#include <random>

using namespace coro;

namespace {
struct Problem {
  std::vector<StorageItem> Items;
  std::vector<llvm::BitVector> Conflicts;
  uint64_t Reserved = 1;

  void add(uint64_t Size, uint64_t Align,
           std::optional<uint64_t> Fixed = std::nullopt) {
    Items.push_back({Size, Align, Fixed});
    for (llvm::BitVector &Row : Conflicts)
      Row.resize(Items.size());
    Conflicts.emplace_back(Items.size());
  }

  void conflict(unsigned A, unsigned B) {
    Conflicts[A].set(B);
    Conflicts[B].set(A);
  }

  void conflictAll() {
    for (unsigned A = 0; A < Items.size(); ++A)
      for (unsigned B = 0; B < A; ++B)
        conflict(A, B);
  }

  std::vector<uint64_t> solve() const {
    return assignOffsets(Items, Conflicts, Reserved);
  }

  uint64_t end() const {
    uint64_t End = Reserved;
    std::vector<uint64_t> Offsets = solve();
    for (unsigned I = 0; I < Items.size(); ++I)
      End = std::max(End, Offsets[I] + Items[I].Size);
    return End;
  }
};
} // namespace

static bool overlap(const Problem &P, const std::vector<uint64_t> &Offsets,
                    unsigned A, unsigned B) {
  return std::max(Offsets[A], Offsets[B]) <
         std::min(Offsets[A] + P.Items[A].Size, Offsets[B] + P.Items[B].Size);
}

static void theExampleInTheHeaderHolds() {
  Problem P;
  P.add(8, 8), P.add(8, 8), P.add(4, 4), P.add(1, 1);
  P.conflictAll();
  CHECK((P.solve() == std::vector<uint64_t>{8, 16, 4, 1}));
}

static void whatDoesNotConflictShares() {
  Problem P;
  P.add(64, 8), P.add(64, 8), P.add(8, 8);
  P.conflict(0, 2);
  P.conflict(1, 2);
  CHECK(P.end() == 8 + 64 + 8);
}

static void fixedItemsStay() {
  Problem P;
  P.add(8, 8), P.add(8, 4, 4);
  P.conflictAll();
  CHECK((P.solve() == std::vector<uint64_t>{16, 4}));
}

static void holesAreFilled() {
  Problem P;
  P.add(16, 4), P.add(4, 4), P.add(6, 1);
  P.conflictAll();
  CHECK(P.end() == 28);
}

static void emptyItemsTakeNothing() {
  Problem P;
  P.add(0, 1), P.add(4, 4);
  P.conflictAll();
  CHECK(P.end() == 8);
}

static Problem randomProblem(std::mt19937 &Random) {
  Problem P;
  auto Below = [&](unsigned N) { return unsigned(Random() % N); };
  P.Reserved = 1u << Below(3);
  unsigned Count = 1 + Below(30);
  for (unsigned I = 0; I < Count; ++I) {
    uint64_t Align = 1u << Below(6);
    P.add(Align * Below(5) + Below(Align), Align);
  }
  for (unsigned I = 0; I < Count * 3; ++I) {
    unsigned A = Below(Count), B = Below(Count);
    if (A != B)
      P.conflict(A, B);
  }
  return P;
}

static void randomProblemsAreSolvedSoundly() {
  std::mt19937 Random(1);
  for (unsigned Round = 0; Round < 2000; ++Round) {
    Problem P = randomProblem(Random);
    std::vector<uint64_t> Offsets = P.solve();
    CHECK(Offsets == P.solve());
    for (unsigned A = 0; A < P.Items.size(); ++A) {
      CHECK(Offsets[A] >= P.Reserved);
      CHECK(Offsets[A] % P.Items[A].Align == 0);
      for (unsigned B : P.Conflicts[A].set_bits())
        CHECK(!overlap(P, Offsets, A, B));
    }
  }
}

int main() {
  theExampleInTheHeaderHolds();
  whatDoesNotConflictShares();
  fixedItemsStay();
  holesAreFilled();
  emptyItemsTakeNothing();
  randomProblemsAreSolvedSoundly();
}
