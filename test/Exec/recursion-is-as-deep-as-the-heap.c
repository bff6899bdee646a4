// RUN: %oracle %s
// Ten thousand frames, one in the other's pocket; each resumption goes through
// all of them.
#include <coro/coro.h>
#include <stdio.h>

static coro_boxed yields long depth(int left, long sum) {
  long below = 0;
  if (left % 1000 == 0)
    coro_yield_now();
  if (!left)
    return sum;
  if (!coro_try_box(&below, depth, left - 1, sum + left))
    return -1;
  if (left % 2000 == 0)
    coro_yield_now();
  return below + 1;
}

int main(void) { printf("%ld\n", coro_block_on(depth, 10000, 0L)); }
