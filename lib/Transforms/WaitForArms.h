//===-- WaitForArms.h - The loops of a wait for several things --*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CORO_TRANSFORMS_WAITFORARMS_H
#define CORO_TRANSFORMS_WAITFORARMS_H

#include "IR/Markers.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/InstrTypes.h"

namespace coro {

/// One thing to wait for.
struct Arm {
  enum { Task, Future, AnyTask, Alarm } Kind;
  /// What poll is given; of an AnyTask the address of the pair.
  llvm::Value *Frame;
  /// Its poll function, where that is known.
  llvm::Value *Poll = nullptr;
  /// Of a Task.
  llvm::Function *F = nullptr;
  /// Of a Future: this call's own node in a shared one.
  bool IsNode = false;
};

/// What a marker waits for, in the order of the source.
struct Combined {
  llvm::CallBase *Call;
  Marker Kind;
  llvm::SmallVector<Arm, 4> Arms;
};

/// Puts the loops in the place of the marker.
void waitForArms(const Combined &C);

} // namespace coro

#endif
