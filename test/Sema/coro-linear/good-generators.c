// RUN: %coro -fsyntax-only -Xclang -verify %s
// Taken to the end, or by coro_for, which may be left at any time.
// expected-no-diagnostics
#include <coro/coro.h>

static yields_of(int) int count(int n) {
  for (int i = 0; i < n; i++)
    coro_yield(i);
  return n;
}

static resumes_with(int) yields_of(int) void echo(int n) {
  for (int i = 0; i < n; i++)
    coro_yield_receive(i, &i);
}

int by_hand(void) {
  coro_task(count) g;
  int sum = 0;
  coro_start(&g, count, 10);
  while (coro_next(&g))
    sum += g.yielded;
  return sum + g.result;
}

int by_status(coro_context *cx) {
  coro_task(count) g;
  coro_start(&g, count, 10);
  coro_status s;
  int sum = 0;
  while ((s = coro_poll(&g, cx)) == CORO_YIELDED)
    sum += g.yielded;
  return s == CORO_DONE ? sum : -1;
}

int by_loop(int x) {
  coro_for(int n, count, 10) if (n == x) return n;
  coro_for(int n, count, 10) {
    if (n == 2)
      continue;
    if (n == x)
      break;
    if (n > 100)
      goto out;
  }
out:
  return -1;
}

int two_at_once(void) {
  coro_task(count) a, b;
  int sum = 0;
  coro_start(&a, count, 10);
  coro_start(&b, count, 10);
  int in_a = coro_next(&a), in_b = coro_next(&b);
  while (in_a || in_b) {
    if (in_a) {
      sum += a.yielded;
      in_a = coro_next(&a);
    }
    if (in_b) {
      sum -= b.yielded;
      in_b = coro_next(&b);
    }
  }
  return sum;
}

void sent(int n) {
  coro_task(echo) g;
  coro_start(&g, echo, n);
  if (coro_next(&g))
    while (coro_send(&g, 3))
      ;
}
