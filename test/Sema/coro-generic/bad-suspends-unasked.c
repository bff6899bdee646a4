// RUN: %not %coro -O0 -c -o /dev/null %s 2>&1 | %filecheck %s
// RUN: %not %coro -O2 -g -c -o /dev/null %s 2>&1 | %filecheck %s
// Where the flag is 0 the function is an ordinary one, which cannot suspend.
#include <coro/coro.h>

yields_as(wait) int get(int wait, int n) {
  if (wait || n)
    // CHECK: bad-suspends-unasked.c:[[#@LINE+1]]:5: error: 'get' is an ordinary function where 'wait' is 0, and would suspend here; put this under 'if (wait)' [coro-generic]
    coro_suspend();
  if (wait * n)
    // CHECK: bad-suspends-unasked.c:[[#@LINE+1]]:5: error: 'get' is an ordinary function where 'wait' is 0
    coro_suspend();
  return n;
}
yields_as(wait) int unless(_Bool wait, int n) {
  // CHECK: bad-suspends-unasked.c:[[#@LINE+1]]:{{[0-9]+}}: error: 'unless' is an ordinary function where 'wait' is 0, and would suspend here; put this under 'if (wait)' [coro-generic]
  return get(!wait, n);
}
yields int both(int n) { return unless(0, n) + unless(1, n); }
// CHECK-NOT: error:
