// RUN: %coro -fsyntax-only -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// A function that does not yield ends its tasks itself, also where it raises.
#include <coro/coro.h>

static yields int f(int n) {
  coro_suspend();
  return n;
}
raises(int) int check(int n);
raises(int) yields_of(int) void values(void) coro_frame(64);

raises(int) int called(int n, coro_context *cx) {
  coro_task(f) t;
  coro_start(&t, f, n);
  n += check(n); // expected-error {{'t' is left behind where this raises: it was started and never ran; end it before, or catch the error in this function and cancel it [coro-linear]}}
  while (coro_poll(&t, cx) == CORO_PENDING)
    ;
  return t.result;
}

raises(int) int itself(int n, coro_context *cx) {
  coro_task(f) t;
  coro_start(&t, f, n);
  if (coro_poll(&t, cx) == CORO_PENDING)
    coro_raise(n); // expected-error {{'t' is left behind where this raises: its last poll said that it is not done}}
  return t.result;
}

int caught(int n, coro_context *cx) {
  coro_task(f) t;
  coro_start(&t, f, n);
  coro_try {
    n += check(n);
    while (coro_poll(&t, cx) == CORO_PENDING)
      ;
  }
  coro_catch(int, e) {
    return e; // expected-error {{'t' is left behind: it was started and never ran}}
  }
  return t.result;
}

int inside(int n, coro_context *cx) {
  coro_try {
    coro_task(f) t;
    coro_start(&t, f, n);
    n += check(n); // expected-error {{'t' is left behind where this raises}}
    while (coro_poll(&t, cx) == CORO_PENDING)
      ;
    n = t.result;
  }
  coro_catch(int, e) {
    n = e;
  }
  return n;
}

yields int waits(int n) {
  coro_task(f) t;
  coro_start(&t, f, n);
  coro_try {
    n += check(n);
    coro_join(&t);
  }
  coro_catch(int, e) {
    return e; // expected-error {{'t' is left behind: it was started and never ran}}
  }
  return t.result;
}

raises(int) int taken(int n) {
  coro_task(values) g;
  coro_start(&g, values);
  while (coro_next(&g))
    n += check(g.yielded); // expected-error {{'g' is left behind where this raises: its last poll said that it is not done}}
  return n;
}
