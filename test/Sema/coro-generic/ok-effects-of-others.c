// RUN: %coro %cflags -fsyntax-only -Xclang -verify %s
// Generics that yield in any case, hand values on, and mention raises_as.
// expected-no-diagnostics
#include <coro/coro.h>

static yields int slow(int n) {
  coro_suspend();
  return n;
}
static int fast(int n) { return n; }
yields yields_as(f) static int retry(int (*f)(int), int n) {
  for (int i = 0; i < 3 && f(n) != 0; i++)
    coro_suspend();
  return n;
}
yields int both(void) { return retry(slow, 1) + retry(fast, 2); }
int blocks(void) { return coro_block_on(retry, fast, 1); }
coro_task(retry) task; // with an ordinary function
int starts(void) {
  coro_start(&task, retry, fast, 1);
  return 0;
}

static yields_of(int) void numbers(int n) {
  for (int i = 0; i < n; i++)
    coro_yield(i);
}
yields_as(g) static void each(void (*g)(int), int n) { g(n); }
yields_of(int) void twice(void) {
  each(numbers, 3);
  each(numbers, 4);
}
raises_as(f) yields_as(f) int passes(int (*f)(int), int n);
