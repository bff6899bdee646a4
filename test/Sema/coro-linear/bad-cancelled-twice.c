// RUN: %coro -fsyntax-only -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <coro/coro.h>

static yields int f(int n) {
  coro_suspend();
  return n;
}
static yields_of(int) void values(void) { coro_yield(1); }

yields void twice(int n) {
  coro_task(f) t;
  coro_start(&t, f, 1);
  if (n)
    coro_cancel(&t);
  if (n > 3)
    coro_cancel(&t); // expected-error {{'t' is cancelled, and it was cancelled before on this path}}
  coro_wait(&t);
}

void twice_at_once(int n) {
  coro_task(f) t;
  coro_start(&t, f, n);
  coro_cancel_now(&t);
  coro_cancel_now(&t); // expected-error {{'t' is cancelled, and it was cancelled before on this path}}
}

yields void with_another(int n) {
  coro_task(f) a, b;
  coro_start(&a, f, n);
  coro_start(&b, f, n);
  coro_cancel(&a);
  coro_cancel(&a, &b); // expected-error {{'a' is cancelled, and it was cancelled before on this path}}
}

void never_started(coro_context *cx) {
  coro_task(f) a, b;
  coro_task(values) g;
  coro_cancel_now(&a);     // expected-error {{nothing was started in 'a' when it is cancelled}}
  coro_request_cancel(&b); // expected-error {{nothing was started in 'b' when it is asked to end}}
  coro_cancel_now(&g);     // expected-error {{nothing was started in 'g' when it is cancelled}}
}

yields void once(int n) {
  coro_task(f) t;
  coro_start(&t, f, 1);
  if (n) {
    coro_cancel(&t);
    return;
  }
  while (coro_poll(&t, coro_self()) == CORO_PENDING)
    if (n > 3)
      break;
  coro_cancel(&t);
  coro_start(&t, f, 2);
  coro_cancel(&t);
}
