// REQUIRES: llvm22
// RUN: %coro -O2 -S -emit-llvm %s -o - | %filecheck %s
// coro_block_on says whose waker it is in each poll: where a function that only
// lets others run is inlined, that is a loop, also around a call that nobody
// knows. Neither wakes nor sleeps are left.
#include <coro/coro.h>

int unknown(int n);

static yields int count(int n) {
  int sum = 0;
  while (n--) {
    sum += unknown(n);
    coro_yield_now();
  }
  return sum;
}

// CHECK-LABEL: define {{.*}}@blocks(
// CHECK-NOT: {{(call|invoke) .*%[^ ]+\(}}
// CHECK-NOT: {{coro_parker|atomicrmw|cmpxchg}}
// CHECK: call i32 @unknown(
// CHECK-NOT: {{(call|invoke) .*%[^ ]+\(}}
// CHECK-NOT: {{coro_parker_wait|atomicrmw|cmpxchg}}
// CHECK: {{^}}}
int blocks(int n) { return coro_block_on(count, n); }

static yields int waits(coro_waker *to) {
  *to = coro_self()->waker;
  coro_suspend();
  return 1;
}

// CHECK-LABEL: define {{.*}}@sleeps(
// CHECK: call void @coro_parker_wait(
// CHECK: {{^}}}
int sleeps(coro_waker *to) { return coro_block_on(waits, to); }
