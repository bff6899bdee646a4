// RUN: %coro -O1 -Rpass=coro -Rpass-missed=coro -c %s -o %t.o 2>&1 | %filecheck %s
// RUN: %coro -O0 -Rpass-missed=coro-fuse -c %s -o %t.o 2>&1 | %filecheck --check-prefix=O0 %s
// RUN: %coro -O1 -Rpass-missed=inline -c %s -o %t.o 2>&1 | %filecheck --check-prefix=OTHER --allow-empty %s
// OTHER-NOT: coro-fuse
// Each waiting call is said once: flattened, at what cost, or what stood
// against it. The size of a task is asked for, which runs the same passes once
// more.
#include <coro/coro.h>

static yields int small(int n) {
  coro_suspend();
  return n + 1;
}
static __attribute__((always_inline)) yields int always(int n) {
  coro_suspend();
  return n + 2;
}
static __attribute__((noinline)) yields int apart(int n) {
  coro_suspend();
  return n;
}
__attribute__((weak)) yields int weak(int n) coro_frame(64) {
  coro_suspend();
  return n;
}
yields int elsewhere(int n) coro_frame(64);
static yields int variable(int n, ...) {
  coro_suspend();
  return n;
}
void use(int *);
static yields int large(int n) {
#define EIGHT                                                                  \
  use(&n), use(&n), use(&n), use(&n), use(&n), use(&n), use(&n), use(&n)
  EIGHT, EIGHT, EIGHT, EIGHT, EIGHT, EIGHT, EIGHT, EIGHT;
  coro_suspend();
  return n;
}
coro_boxed yields int again(int n) {
  int result = 0;
  coro_suspend();
  if (n > 0)
    (void)coro_try_box(&result, again, n - 1);
  return result;
}
// CHECK: :[[#@LINE-3]]:11: remark: call of 'again' not flattened into 'again': its frame is in a box [-Rpass-missed=coro-fuse]

yields int caller(int n, yields int (*pointer)(int) coro_frame(64)) {
  n = small(n);
  // CHECK: :[[#@LINE+2]]:7: remark: call through a pointer not flattened into 'caller': which function it calls is known when it runs
  // CHECK: :[[#@LINE-2]]:7: remark: call of 'small' flattened into 'caller': {{[1-9][0-9]*}} instructions of at most 60, into {{[1-9][0-9]*}} of at most 4000 [-Rpass=coro-fuse]
  n = pointer(n);
  n = always(n);
  // CHECK: :[[#@LINE-1]]:7: remark: call of 'always' flattened into 'caller': {{[0-9]+}} instructions, always_inline, into
  n = apart(n);
  // CHECK: :[[#@LINE-1]]:7: remark: call of 'apart' not flattened into 'caller': it is noinline [-Rpass-missed=coro-fuse]
  n = weak(n);
  // CHECK: :[[#@LINE-1]]:7: remark: call of 'weak' not flattened into 'caller': another definition may take its place when linking
  n = elsewhere(n);
  // CHECK: :[[#@LINE-1]]:7: remark: call of 'elsewhere' not flattened into 'caller': its body is in another file
  n = variable(n, 1);
  // CHECK: :[[#@LINE-1]]:7: remark: call of 'variable' not flattened into 'caller': it takes a variable number of arguments
  n = large(n);
  // CHECK: :[[#@LINE-1]]:7: remark: call of 'large' not flattened into 'caller': it is too large, {{[0-9]+}} instructions of at most 60
  coro_shield {
    n = small(n);
    // CHECK: :[[#@LINE-1]]:9: remark: call of 'small' not flattened into 'caller': it is called in a shield
  }
  return n;
}
// CHECK-NOT: flattened

_Static_assert(sizeof(coro_task(caller)) > 64, "asked for");

// O0: remark: call of 'small' not flattened into 'caller': there is no optimisation here
