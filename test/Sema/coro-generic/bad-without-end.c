// RUN: %not %coro -O0 -c -o /dev/null %s 2>&1 | %filecheck %s
// RUN: %not %coro -O2 -g -c -o /dev/null %s 2>&1 | %filecheck %s
// A function that calls itself with ever new constants needs ever new copies.
#include <coro/coro.h>

yields_as(deep) static int dig(int deep, int n) {
  if (!deep)
    return n;
  coro_suspend();
  // CHECK: bad-without-end.c:[[#@LINE+1]]:{{10|29}}: error: 'dig' calls itself with ever new arguments, and each needs a copy of it: gave up after 256 [coro-generic]
  return dig(deep + 1, n) + dig(deep * 2, n);
}
yields int start(void) { return dig(1, 2); }
yields int again(void) { return dig(7, 2); }
// CHECK-NOT: error:
