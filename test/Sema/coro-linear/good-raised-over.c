// RUN: %coro -fsyntax-only -Xclang -verify %s
// expected-no-diagnostics
#include <coro/coro.h>

static yields int f(int n) {
  coro_suspend();
  return n;
}
static raises(int) yields int fails(int n) {
  coro_suspend();
  if (n)
    coro_raise(n);
  return n;
}
raises(int) int check(int n);
raises(int) yields_of(int) void values(void) coro_frame(64);

// A function that yields cancels what a raise leaves.
raises(int) yields int waits(int n) {
  coro_task(f) t;
  coro_start(&t, f, n);
  n += check(n);
  coro_join(&t);
  return t.result + n;
}

yields int in_a_block(int n) {
  coro_try {
    coro_task(f) t;
    coro_start(&t, f, n);
    n += check(n);
    coro_join(&t);
  }
  coro_catch(int, e) {
    n = e;
  }
  return n;
}

// After a join that raised, all its tasks are over.
yields int joined(int n) {
  coro_task(f) a;
  coro_task(fails) b;
  coro_start(&a, f, n);
  coro_start(&b, fails, n);
  coro_try {
    coro_join(&a, &b);
    n = a.result + b.result;
  }
  coro_catch(int, e) {
    return e;
  }
  return n;
}

int finished_before(int n, coro_context *cx) {
  coro_task(f) t;
  coro_start(&t, f, n);
  coro_try {
    while (coro_poll(&t, cx) == CORO_PENDING)
      ;
    n = check(t.result);
  }
  coro_catch(int, e) {
    return e;
  }
  return n;
}

int cancelled_there(int n, coro_context *cx) {
  coro_task(f) t;
  coro_start(&t, f, n);
  coro_try {
    n += check(n);
    while (coro_poll(&t, cx) == CORO_PENDING)
      ;
  }
  coro_catch(int, e) {
    coro_cancel_now(&t);
    return e;
  }
  return t.result;
}

raises(int) int passed_on(int n, coro_context *cx) {
  coro_task(f) t;
  coro_start(&t, f, n);
  coro_try {
    n += check(n);
  }
  coro_catch(int, e) {
    coro_cancel_now(&t);
    coro_raise(e);
  }
  while (coro_poll(&t, cx) == CORO_PENDING)
    ;
  return n;
}

// A generator that raises is over.
raises(int) int taken(int n) {
  coro_task(values) g;
  coro_start(&g, values);
  while (coro_next(&g))
    n += g.yielded;
  return n;
}
