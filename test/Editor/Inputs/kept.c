#include <coro/coro.h>

yields int next(int n) coro_frame(64);
static yields void finish(int *n) { coro_suspend(), *n = 0; }
yields int never(int n) { return n; }

yields int sum(int from, const char *name) {
  __attribute__((cleanup(finish))) int guard = 1;
  int first = next(from), second = never(2);
  coro_suspend();
  return first + second < *name && guard;
}
#ifdef WRONG
yields int unknown(void) { return nothing; }
#endif
