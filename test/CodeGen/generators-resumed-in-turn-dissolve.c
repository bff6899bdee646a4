// REQUIRES: llvm22
// RUN: %coro -O2 -fno-vectorize -fno-slp-vectorize -fno-unroll-loops -emit-llvm -S %s -o %t.ll
// RUN: %filecheck %s < %t.ll
// A generator that resumes two others by hand, and is itself a loop's. (LLVM 19
// leaves the state of one of them: the guard of a task that is resumed by hand
// is one more state, and its jump threading stops there.)
#include <coro/coro.h>

static yields_of(int) void count(int n) {
  for (int i = 0; i < n; i++)
    coro_yield(i);
}
static yields_of(int) void odd(int n) {
  coro_for(int x, count, n) if (x & 1) coro_yield(x);
}
struct pair {
  int a, b;
};
static yields_of(struct pair) void zipped(int n) {
  coro_task(count) left;
  coro_task(odd) right;
  coro_start(&left, count, n);
  coro_start(&right, odd, n);
  for (;;) {
    int more = coro_next(&left), other = coro_next(&right);
    if (!more && !other)
      return;
    coro_yield(
        (struct pair){more ? left.yielded : 1, other ? right.yielded : 1});
  }
}

// CHECK-LABEL: define{{.*}} @zip(
// CHECK-NOT: alloca
// CHECK-NOT: switch
// CHECK-NOT: call
// CHECK: }
int zip(int n) {
  int s = 0;
  coro_for(struct pair p, zipped, n) s += p.a * p.b;
  return s;
}
