// What tests of generics give them, and the plainest generic.
#include <coro/coro.h>

static yields int slow(int n) {
  int k = n * 2;
  coro_yield_now();
  return k + n;
}
static yields int slow2(int n) {
  int k = n * 5;
  coro_yield_now();
  coro_yield_now();
  return k + n;
}
static int fast(int n) { return n * 3; }
yields_as(f) static int map(int (*f)(int), int n) { return f(n) + 1; }
