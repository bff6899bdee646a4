/* Another unit with static functions of the names that the test has. */
#include <coro/coro.h>

#line 900 "same-names.c"
static coro_boxed yields int walk(int depth) {
  int below = 0;
  if (depth == 0)
    coro_sleep(CORO_FOREVER);
  else
    coro_try_box(&below, walk, depth - 1);
  return below;
}
static yields int few(int n) {
  coro_sleep((uint64_t)n * CORO_SECOND);
  coro_sleep((uint64_t)n * CORO_SECOND);
  return n;
}
typedef int (*any)(int) yields;
any other_few(void) { return few; }
yields int other_walk(int depth) coro_frame(96) { return walk(depth); }
