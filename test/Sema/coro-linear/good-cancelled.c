// RUN: %coro -fsyntax-only -Xclang -verify %s
// A task that was cancelled is over, as are the arms of a race.
// expected-no-diagnostics
#include <coro/coro.h>

static yields int f(int n) {
  coro_suspend();
  return n;
}
static yields_of(int) void values(void) { coro_yield(1); }

yields int cancelled(int n) {
  coro_task(f) t;
  coro_start(&t, f, n);
  if (coro_cancel(&t) == CORO_DONE)
    return t.result;
  coro_start(&t, f, n);
  return coro_cancel(&t);
}

void at_once(int n, coro_context *cx) {
  coro_task(f) t;
  coro_task(values) g;
  coro_start(&g, values);
  while (coro_next(&g))
    if (g.yielded > n)
      break;
  coro_cancel_now(&g);
  coro_start(&t, f, n);
  if (coro_poll(&t, cx) == CORO_PENDING)
    coro_cancel_now(&t);
}

yields int several(int n) {
  coro_task(f) a, b;
  coro_start(&a, f, n);
  coro_start(&b, f, n);
  if (coro_any(&a, &b) == 0 && a.result > 3)
    coro_cancel(&b);
  else
    coro_cancel(&a, &b);
  return n;
}

yields int first(int n) {
  coro_task(f) a, b;
  coro_start(&a, f, n);
  coro_start(&b, f, n);
  int result = coro_race(&a, &b) == 0 ? a.result : b.result;
  coro_start(&a, f, n);
  if (!coro_timeout(CORO_SECOND, &a))
    return -1;
  return result + a.result;
}

// It is over already: that is allowed, and does nothing.
yields void after_the_race(int n) {
  coro_task(f) a, b;
  coro_start(&a, f, n);
  coro_start(&b, f, n);
  coro_race(&a, &b);
  coro_cancel(&a, &b);
}
