// RUN: %coro -O2 -fno-vectorize -fno-slp-vectorize -fno-unroll-loops -emit-llvm -S %s -o %t.ll
// RUN: %filecheck %s < %t.ll
// A generator that is started and finished in one function is the loop that one
// would have written: no frame, no call of a part, no state.
#include <coro/coro.h>

static yields_of(int) void count(int n) {
  for (int i = 0; i < n; i++)
    coro_yield(i);
}
static yields_of(int) void odd(int n) {
  coro_for(int x, count, n) if (x & 1) coro_yield(x);
}
static yields_of(int) void twice(int n) {
  count(n);
  count(n);
}
static yields_of(int) void products(int n) {
  coro_for(int x, count, n) coro_for(int y, count, x) coro_yield(x * y);
}
static yields_of(int) resumes_with(int) int adds(int n) {
  int s = 0, got;
  while (s < n) {
    coro_yield_receive(s, &got);
    s += got;
  }
  return s;
}
// This one is small enough to be shown: the square of i is added, i is
// incremented and compared, and that is all there is.
// CHECK-LABEL: define{{.*}} @sum(
// CHECK-NOT: {{alloca|switch|call|load|store|select}}
// CHECK: = mul {{.*}}i32 %[[I:[0-9]+]], %[[I]]
// CHECK-NOT: {{alloca|switch|call|load|store|select|br}}
// CHECK: = add {{.*}}i32 %[[I]], 1
// CHECK-NEXT: icmp
// CHECK-NEXT: br
// CHECK-NOT: {{alloca|switch|call|load|store|select|br}}
// CHECK: }
int sum(int n) {
  int s = 0;
  coro_for(int x, count, n) s += x * x;
  return s;
}

// CHECK-LABEL: define{{.*}} @filtered(
// CHECK-NOT: alloca
// CHECK-NOT: switch
// CHECK-NOT: call
// CHECK: }
int filtered(int n) {
  int s = 0;
  coro_for(int x, odd, n) {
    if (s > 1000)
      break;
    s += x * x;
  }
  return s;
}

// CHECK-LABEL: define{{.*}} @nested(
// CHECK-NOT: alloca
// CHECK-NOT: switch
// CHECK-NOT: call
// CHECK: }
int nested(int n) {
  int s = 0;
  coro_for(int x, odd, n) coro_for(int y, twice, x) s += x * y;
  return s;
}

// CHECK-LABEL: define{{.*}} @inside(
// CHECK-NOT: alloca
// CHECK-NOT: switch
// CHECK-NOT: call{{.*}}.poll
// CHECK-NOT: call{{.*}}.start
// CHECK: }
int inside(int n) {
  int s = 0;
  coro_for(int x, products, n) s += x;
  return s;
}

// CHECK-LABEL: define{{.*}} @by_hand(
// CHECK-NOT: alloca
// CHECK-NOT: switch
// CHECK-NOT: call
// CHECK: }
int by_hand(int n) {
  int s = 0;
  coro_task(odd) t;
  coro_start(&t, odd, n);
  while (coro_next(&t))
    s += t.yielded;
  return s;
}

// CHECK-LABEL: define{{.*}} @answered(
// CHECK-NOT: alloca
// CHECK-NOT: switch
// CHECK-NOT: call{{.*}}.poll
// CHECK-NOT: call{{.*}}.start
// CHECK: }
int answered(int n) {
  coro_task(adds) t;
  coro_start(&t, adds, n);
  int more = coro_next(&t);
  while (more)
    more = coro_send(&t, t.yielded + 1);
  return t.result;
}
