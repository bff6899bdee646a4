// RUN: %not %coro -std=gnu17 -Wno-deprecated-non-prototype -O0 -c -o /dev/null %s 2>&1 | %filecheck %s
// RUN: %not %coro -std=gnu17 -Wno-deprecated-non-prototype -O2 -g -c -o /dev/null %s 2>&1 | %filecheck %s
// A pointer without a prototype fits any function; a call must fit its own.
#include <coro/coro.h>

static yields int two(int a, int b) {
  coro_suspend();
  return a + b;
}
yields_as(f) static int call(int (*f)(), int n) {
  // CHECK: bad-other-type.c:[[#@LINE+1]]:10: error: 'two' is called with another type than it is defined with [coro-effect]
  return f(n);
}
yields int use(int n) { return call(two, n); }
// CHECK-NOT: error:
