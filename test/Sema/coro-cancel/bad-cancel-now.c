// RUN: %coro -O0 -c -o %t.o -Xclang -verify %s
// RUN: %coro -O2 -c -o %t.o -Xclang -verify %s
// What may wait where it is cancelled cannot be cancelled at once.
#include <coro/coro.h>

yields void elsewhere(void) coro_frame(64);

static yields void goodbye(int *n) {
  coro_suspend();
  *n = 0;
}
static yields void cleans_up(void) {
  __attribute__((cleanup(goodbye))) int n = 1;
  coro_suspend();
  (void)n;
}
static yields void shields(void) {
  coro_shield {
    coro_suspend();
  }
}
static yields void calls(void) { cleans_up(); }
static yields int combines(void) {
  coro_task(shields) t, u;
  coro_start(&t, shields);
  coro_start(&u, shields);
  return coro_race(&t, &u);
}

void stop(coro_context *cx) {
  coro_task(cleans_up) a;
  coro_start(&a, cleans_up);
  coro_cancel_now(&a); // expected-error {{coro_cancel_now of 'cleans_up', where a cleanup or a coro_shield may wait; use coro_cancel in a function that yields, or coro_request_cancel [coro-cancel]}}
  coro_task(shields) b;
  coro_start(&b, shields);
  coro_cancel_now(&b); // expected-error {{coro_cancel_now of 'shields'}}
  coro_task(calls) c;
  coro_start(&c, calls);
  coro_cancel_now(&c); // expected-error {{coro_cancel_now of 'calls'}}
  coro_task(combines) d;
  coro_start(&d, combines);
  coro_poll(&d, cx);
  coro_cancel_now(&d); // expected-error {{coro_cancel_now of 'combines'}}
  coro_task(elsewhere) e;
  coro_start(&e, elsewhere);
  coro_cancel_now(&e); // expected-error {{coro_cancel_now of 'elsewhere', whose cleanups may wait for all that is known here: it is defined elsewhere; use coro_request_cancel}}
}
