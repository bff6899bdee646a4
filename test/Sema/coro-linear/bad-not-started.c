// RUN: %coro -fsyntax-only -Xclang -verify %s
// Nothing was started on any path to the use.
#include <coro/coro.h>

static yields int f(int n) {
  coro_suspend();
  return n;
}
static coro_context cx = CORO_CONTEXT_INIT;

int polled(void) {
  coro_task(f) t;                            // expected-note {{'t' is declared here}}
  while (coro_poll(&t, &cx) == CORO_PENDING) // expected-error {{nothing was started in 't' when it is polled; coro_start comes first}}
    ;
  return t.result;
}

int read(void) {
  coro_task(f) t = {0}; // expected-note {{'t' is declared here}}
  return t.result;      // expected-error {{nothing was started in 't' when 'result' is read}}
}

coro_any_task kept;

void erased(void) {
  coro_task(f) t;        // expected-note {{'t' is declared here}}
  kept = coro_erase(&t); // expected-error {{nothing was started in 't' when it is erased}}
}

int in_the_wrong_order(void) {
  coro_task(f) t;                     // expected-note {{'t' is declared here}}
  coro_status s = coro_poll(&t, &cx); // expected-error {{nothing was started in 't' when it is polled}}
  coro_start(&t, f, 1);
  return s;
}

int a_new_one_each_round(int n) {
  int sum = 0;
  for (int i = 0; i < n; i++) {
    coro_task(f) t; // expected-note {{'t' is declared here}}
    if (n > 2)
      sum += t.result; // expected-error {{nothing was started in 't' when 'result' is read}}
    coro_start(&t, f, i);
    while (coro_poll(&t, &cx) == CORO_PENDING)
      ;
  }
  return sum;
}

struct holder {
  coro_task(f) list[2];
};

int one_of_several(void) {
  struct holder h; // expected-note {{'h' is declared here}}
  coro_start(&h.list[0], f, 1);
  while (coro_poll(&h.list[0], &cx) == CORO_PENDING)
    ;
  return h.list[0].result + h.list[1].result; // expected-error {{nothing was started in 'h.list[1]' when 'result' is read}}
}
