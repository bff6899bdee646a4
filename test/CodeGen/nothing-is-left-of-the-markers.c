// RUN: %coro -O0 -S -emit-llvm %s -o - | %filecheck %s
// RUN: %coro -O2 -g -S -emit-llvm %s -o - | %filecheck %s
// RUN: %coro -Oz -S -emit-llvm %s -o - | %filecheck %s
// No marker, no fact and no attribute of the transform is in the final IR, nor
// an unwind table that nobody asked for.
// CHECK: @leaf.coro = {{.*}}constant
// CHECK-NOT: @__coro_
// CHECK-NOT: @coro.
// CHECK-NOT: presplitcoroutine
// CHECK-NOT: !coro.
// CHECK-NOT: coro.yields
// CHECK-NOT: coro.task
// CHECK-NOT: invoke
// CHECK-NOT: landingpad
// CHECK-NOT: personality
// CHECK-NOT: define {{.*}}@leaf(
// CHECK-NOT: blockaddress
#include "Inputs/many-coroutines.h"
