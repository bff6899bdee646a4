// REQUIRES: x86_64
// RUN: %coro -O2 -fplugin-arg-coro-print-frames -fno-discard-value-names -c %s -o %t.o > %t.frames 2>&1
// RUN: %filecheck %s < %t.frames
// A generic's copy takes what the same function takes written out by hand, and
// so does what calls it.
#include <coro/coro.h>

static yields long step(long n) {
  coro_suspend();
  return n * 3;
}
yields_as(f) static long inner(long (*f)(long), long n) { return f(n) + n; }
yields_as(f) static long outer(long (*f)(long), long n) {
  long sum = 0;
  for (long i = 0; i < n; i++)
    sum += inner(f, i);
  return sum;
}
static yields long inner_by_hand(long n) { return step(n) + n; }
static yields long outer_by_hand(long n) {
  long sum = 0;
  for (long i = 0; i < n; i++)
    sum += inner_by_hand(i);
  return sum;
}
yields long generic(long n) { return outer(step, n); }
yields long by_hand(long n) { return outer_by_hand(n); }
_Static_assert(sizeof(coro_task(generic)) == sizeof(coro_task(by_hand)), "");
// CHECK-DAG: frame of generic: [[BYTES:[0-9]+]] bytes,
// CHECK-DAG: frame of by_hand: [[BYTES]] bytes,
