// RUN: %coro -fsyntax-only -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// A started task stays where it is.
#include <coro/coro.h>

static yields int f(int n) {
  coro_suspend();
  return n;
}
static coro_context cx = CORO_CONTEXT_INIT;

struct holder {
  int n;
  coro_task(f) task;
};
coro_task(f) global;
void take(coro_task(f) t);

void assigned(void) {
  coro_task(f) t, u;
  coro_start(&t, f, 1);
  u = t; // expected-error {{'t' is copied after it was started}}
  while (coro_poll(&u, &cx) == CORO_PENDING)
    ;
}

void initialised(void) {
  coro_task(f) t;
  coro_start(&t, f, 1);
  coro_task(f) u = t; // expected-error {{'t' is copied after it was started}}
  while (coro_poll(&u, &cx) == CORO_PENDING)
    ;
}

void to_elsewhere(coro_task(f) *to) {
  coro_task(f) t, u;
  coro_start(&t, f, 1);
  coro_start(&u, f, 1);
  *to = t;    // expected-error {{'t' is copied after it was started}}
  global = u; // expected-error {{'u' is copied after it was started}}
}

void passed(void) {
  coro_task(f) t;
  coro_start(&t, f, 1);
  take(t); // expected-error {{'t' is copied after it was started}}
}

coro_task(f) returned(void) {
  coro_task(f) t;
  coro_start(&t, f, 1);
  return t; // expected-error {{'t' is copied after it was started}}
}

struct holder inside_a_struct(int n) {
  struct holder h = {n};
  coro_start(&h.task, f, 1);
  return h; // expected-error {{'h.task' is copied after it was started}}
}

void half_way(void) {
  coro_task(f) t;
  coro_start(&t, f, 1);
  if (coro_poll(&t, &cx) == CORO_PENDING) {
    global = t; // expected-error {{'t' is copied after it was started}}
  }
}
