//===-- MemoryUses.h - What is done to each variable, in order --*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_ANALYSIS_MEMORYUSES_H
#define CORO_ANALYSIS_MEMORYUSES_H

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/Instructions.h"

namespace coro {

/// What one instruction does to one variable; several at once are possible.
enum MemoryEffect : unsigned {
  NoEffect = 0,
  Reads = 1,
  Writes = 2,
  Overwrites = 4, // all of it, so what was there before is dead
  Escapes = 8,    // its address becomes known to somebody else
  Begins = 16,    // lifetime.start: contents undefined
  Ends = 32,      // lifetime.end: contents and addresses dead
};

struct MemoryEvent {
  unsigned Variable;
  unsigned Effects;
};

/// Every use of the variables of a function, as events of its instructions.
struct MemoryUses {
  llvm::SmallVector<llvm::AllocaInst *, 16> Variables;
  llvm::DenseMap<const llvm::Instruction *, llvm::SmallVector<MemoryEvent, 1>>
      Events;
  /// Values that are an address inside of a variable: which variables.
  llvm::DenseMap<const llvm::Value *, llvm::SmallVector<unsigned, 1>> Derived;

  /// Looks at every alloca for which Wanted says so.
  MemoryUses(llvm::Function &F,
             llvm::function_ref<bool(const llvm::AllocaInst &)> Wanted);

  /// Whether a marker says where the variable's life begins.
  bool hasBeginning(unsigned Variable) const {
    return Beginnings.contains(Variable);
  }

private:
  llvm::DenseSet<unsigned> Beginnings;
  void trace(unsigned Variable);
  void addStackEvents(llvm::Function &F);
  void addEvent(const llvm::Instruction *I, unsigned Variable,
                unsigned Effects);
};

} // namespace coro

#endif
