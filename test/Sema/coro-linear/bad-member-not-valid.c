// RUN: %coro -fsyntax-only -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// A result is there once the task is done.
#include <coro/coro.h>

static yields int f(int n) {
  coro_suspend();
  return n;
}
static coro_context cx = CORO_CONTEXT_INIT;

int before_it_ran(void) {
  coro_task(f) t;
  coro_start(&t, f, 1);
  int r = t.result; // expected-error {{'result' of 't' is read before there is one: it was started and never ran; it is valid once a poll gave CORO_DONE}}
  while (coro_poll(&t, &cx) == CORO_PENDING)
    ;
  return r;
}

int while_it_waits(void) {
  coro_task(f) t;
  int r = 0;
  coro_start(&t, f, 1);
  while (coro_poll(&t, &cx) == CORO_PENDING)
    r += t.result; // expected-error {{'result' of 't' is read before there is one: its last poll said that it is not done}}
  return r;
}

static yields_of(int) int g(int n) {
  coro_yield(n);
  return n;
}

int of_generators(void) {
  coro_task(g) t;
  int r = 0;
  coro_start(&t, g, 1);
  while (coro_next(&t))
    r += t.result; // expected-error {{'result' of 't' is read before there is one}}
  return r + t.result;
}

int value_after_the_last(void) {
  coro_task(g) t;
  coro_start(&t, g, 1);
  while (coro_next(&t))
    ;
  return t.yielded; // expected-error {{'yielded' of 't' is read before there is one: its last poll said that it is done; it is valid once a poll gave CORO_YIELDED}}
}
