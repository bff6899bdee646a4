// RUN: %coro -O2 -S -emit-llvm %s -o - | %filecheck %s
// The executor of a closed set polls by a switch: each poll is inlined, and in
// it a wake of the own waker is code of the executor, also behind a call that
// nobody knows. What is called is the runtime, for what happens seldom, and
// what the tasks call themselves.
#include <coro/coro.h>

int unknown(int n);
int known(int n);

static yields int twice(int n) {
  int first = unknown(n);
  coro_yield_now();
  return first + known(n);
}

static yields void counts(int *to, int n) {
  while (n--) {
    ++*to;
    coro_yield_now();
  }
}

static yields void once(int *to) { *to = 1; }

CORO_EXECUTOR(set, twice, counts, once);

void run(struct set *e) { set_run(e); }
_Bool step(struct set *e) { return set_step(e); }

// CHECK-LABEL: define internal {{.*}}@set_polls(
// CHECK-NOT: {{(call|invoke) .*%[^ ]+\(}}
// CHECK-NOT: {{call [^@]*@(twice|counts|once)\.}}
// CHECK-NOT: {{atomicrmw|cmpxchg}}
// CHECK: switch i64
// CHECK-NOT: {{(call|invoke) .*%[^ ]+\(}}
// CHECK-NOT: {{call [^@]*@(twice|counts|once)\.}}
// CHECK-NOT: {{atomicrmw|cmpxchg}}
// CHECK: call i32 @unknown(
// CHECK-NOT: {{(call|invoke) .*%[^ ]+\(}}
// CHECK-NOT: {{call [^@]*@(twice|counts|once)\.}}
// CHECK-NOT: {{atomicrmw|cmpxchg}}
// CHECK: {{^}}}
