#include "chain.h"

static yields int step(int n) {
  coro_yield_now();
  return n + 10;
}

yields int two(int n, long *sum) {
  *sum += step(n);
  *sum += three(n);
  return n * 2;
}

yields void note(const char *what) {
  coro_yield_now();
  printf("note: %s\n", what);
}
