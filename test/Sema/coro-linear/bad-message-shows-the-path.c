// RUN: %coro -fsyntax-only -Xclang -verify %s
// The notes say where it was started and which way leads out.
#include <coro/coro.h>

static yields int f(int n) {
  coro_suspend();
  return n;
}
static coro_context cx = CORO_CONTEXT_INIT;

int step(int n);

int one_way(int n) {
  coro_task(f) t;
  coro_start(&t, f, 1); // expected-note {{'t' is started here}}
  if (step(n) < 0)      // expected-note {{on a path where 'step(n) < 0' is true}}
    return -1;          // expected-error {{'t' is left behind}}
  while (coro_poll(&t, &cx) == CORO_PENDING)
    ;
  return t.result;
}

int shortest_way(int n) {
  coro_task(f) t;
  for (int i = 0; i < n; i++)
    step(i);
  coro_start(&t, f, 1); // expected-note {{'t' is started here}}
  if (n > 3 ||          // expected-note {{on a path where 'n > 3' is false}}
      n == -1)          // expected-note {{on a path where 'n == -1' is false}}
    while (coro_poll(&t, &cx) == CORO_PENDING)
      ;
  return n; // expected-error {{'t' is left behind}}
}

int a_case(int n) {
  coro_task(f) t;
  coro_start(&t, f, 1); // expected-note 2 {{'t' is started here}}
  switch (n) {          // expected-note {{on a path where 'n' fits no case}}
  case 1:               // expected-note {{on a path where 'n' is 1}}
    return 1;           // expected-error {{'t' is left behind}}
  case 2 ... 5:
    while (coro_poll(&t, &cx) == CORO_PENDING)
      ;
  }
  return 0; // expected-error {{'t' is left behind}}
}

#define FAILED(x) (__builtin_expect((x) < 0, 0))

int in_macros(int n) {
  coro_task(f) t;
  coro_start(&t, f, 1); // expected-note {{'t' is started here}}
  if (FAILED(step(n)))  // expected-note {{on a path where 'FAILED(step(n))' is true}}
    return -1;          // expected-error {{'t' is left behind}}
  while (coro_poll(&t, &cx) == CORO_PENDING)
    ;
  return t.result;
}

int of_a_loop_the_last_time(int n) {
  coro_task(f) t;
  coro_start(&t, f, 1);         // expected-note {{'t' is started here}}
  for (int i = 0; i < n; i++) { // expected-note {{on a path where 'i < n' is true}}
    if (step(i))                // expected-note {{on a path where 'step(i)' is false}}
      continue;
    if (coro_poll(&t, &cx) == CORO_PENDING) // expected-note {{on a path where 'coro_poll(&t, &cx) == CORO_PENDING' is true}}
      return i;                             // expected-error {{'t' is left behind}}
  }
  while (coro_poll(&t, &cx) == CORO_PENDING)
    ;
  return t.result;
}
