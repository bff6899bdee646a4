// RUN: %coro -O2 -S -emit-llvm %s -o - | %filecheck %s
// Where nothing unknown came between, a task of a closed set that wakes itself
// is ready again by one store: whether it was ready, and that it is the one
// that runs, is known.
#include <coro/coro.h>

static yields void counts(int *to, int n) {
  while (n--) {
    ++*to;
    coro_yield_now();
  }
}

CORO_EXECUTOR(set, counts);

int run(struct set *e) { return set_run(e); }

// CHECK-LABEL: define {{.*}}i32 @run(
// CHECK: [[WORD:%[^ ]+]] = or {{.*}}i64 %{{[^,]*}}, 16385
// CHECK-NEXT: store i64 [[WORD]],
// CHECK: {{^}}}
