// RUN: %coro -fsyntax-only -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// What is started in a task is owed: another start would forget it.
#include <coro/coro.h>

static yields int f(int n) {
  coro_suspend();
  return n;
}
static coro_context cx = CORO_CONTEXT_INIT;

void at_once(void) {
  coro_task(f) t;
  coro_start(&t, f, 1);
  coro_start(&t, f, 2); // expected-error {{'t' is started again while what was started in it is still owed: it was started and never ran}}
  while (coro_poll(&t, &cx) == CORO_PENDING)
    ;
}

void while_it_waits(int n) {
  coro_task(f) t;
  coro_start(&t, f, 1);
  while (coro_poll(&t, &cx) == CORO_PENDING)
    if (n--)
      coro_start(&t, f, n); // expected-error {{'t' is started again while what was started in it is still owed: its last poll said that it is not done}}
}

void overwritten(const coro_task(f) *from) {
  coro_task(f) t;
  coro_start(&t, f, 1);
  t = *from; // expected-error {{'t' is overwritten while what was started in it is still owed}}
}

void in_the_next_round(int n) {
  coro_task(f) t;
  for (int i = 0; i < n; i++) {
    coro_start(&t, f, i); // expected-error {{'t' is started again}}
    if (i % 2)
      continue;
    while (coro_poll(&t, &cx) == CORO_PENDING)
      ;
  }
} // expected-error {{'t' is left behind}}
