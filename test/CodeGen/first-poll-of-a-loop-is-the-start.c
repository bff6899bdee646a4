// REQUIRES: llvm22
// RUN: %coro -O2 -fno-vectorize -fno-slp-vectorize -fno-unroll-loops -emit-llvm -S %s -o %t.ll
// RUN: %filecheck %s < %t.ll
// RUN: %coro -Os -fno-vectorize -fno-slp-vectorize -fno-unroll-loops -emit-llvm -S %s -o %t.ll
// RUN: %filecheck %s --check-prefix=SMALL < %t.ll
// A task that is polled in a loop is started by the first of the polls. That
// one comes in front of the loop, which then need not ask whether it is the
// first. Where code is to be small, it is there once.
#include <coro/coro.h>

int ask(void);

static yields_of(int) void count(int n) {
  for (int i = 0; i < n; i++)
    coro_yield(i);
}

// No more varies from turn to turn than the two counters and the sum.
// CHECK-LABEL: define{{.*}} @zip(
// CHECK-NOT: {{alloca|switch|load|store|call i32 @count}}
// CHECK-NOT: phi i{{1|8}}
// CHECK-NOT: {{ undef}}
// CHECK: {{^}}}
unsigned zip(int n) {
  coro_context cx = CORO_CONTEXT_INIT;
  coro_task(count) a, b;
  coro_start(&a, count, n);
  coro_start(&b, count, 2 * n);
  unsigned s = 0;
  while (coro_poll(&a, &cx) == CORO_YIELDED &&
         coro_poll(&b, &cx) == CORO_YIELDED)
    s = s * 31 + ((unsigned)a.yielded * 3 ^ (unsigned)b.yielded);
  coro_cancel_now(&a);
  coro_cancel_now(&b);
  return s;
}

static yields int wait_for_it(void) {
  int value;
  while ((value = ask()) < 0)
    coro_suspend();
  return value;
}

// CHECK-LABEL: define{{.*}} @spin(
// CHECK-NOT: {{alloca|switch|load|store}}
// CHECK-NOT: phi i{{1|8}}
// CHECK: call i32 @ask()
// CHECK-NOT: phi i{{1|8}}
// CHECK: call i32 @ask()
// CHECK-NOT: phi i{{1|8}}
// CHECK: {{^}}}
// SMALL-LABEL: define{{.*}} @spin(
// SMALL: phi i{{1|8}}
// SMALL: {{^}}}
unsigned spin(unsigned n) {
  unsigned polls = 0;
  for (unsigned i = 0; i < n; i++) {
    coro_context cx = CORO_CONTEXT_INIT;
    coro_task(wait_for_it) t;
    coro_start(&t, wait_for_it);
    while (coro_poll(&t, &cx) == CORO_PENDING)
      polls++;
    polls += (unsigned)t.result;
  }
  return polls;
}
