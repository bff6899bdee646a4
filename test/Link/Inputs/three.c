#include "chain.h"
#include <stdarg.h>

__attribute__((noinline)) static yields long step(int n) {
  coro_yield_now();
  return n + 100;
}

yields long three(int n) { return step(n) + step(n + 1); }

yields struct text name(int n) {
  struct text t;
  snprintf(t.bytes, sizeof t.bytes, "name of %d", n);
  coro_yield_now();
  return t;
}

// Too much to become part of its callers.
#define FEW(X) X X X X X X X X
yields int large(int n) {
  int sum = 0;
  FEW(FEW(coro_yield_now(); sum += n;))
  return sum;
}

yields int total(int count, ...) {
  va_list list;
  va_start(list, count);
  int sum = 0;
  for (int i = 0; i < count; i++)
    sum += va_arg(list, int);
  va_end(list);
  coro_yield_now();
  return sum;
}
