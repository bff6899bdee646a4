// RUN: %coro -fsyntax-only -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// A generator that is taken half-way by hand is owed like any other task.
#include <coro/coro.h>

static yields_of(int) void count(int n) {
  for (int i = 0; i < n; i++)
    coro_yield(i);
}

int first(void) {
  coro_task(count) g;
  coro_start(&g, count, 10);
  return coro_next(&g) ? g.yielded : -1; // expected-error {{'g' is left behind: its last poll said that it is not done, and its scope ends here; take its values until there are no more, cancel it, use coro_for}}
}

int find(int x) {
  coro_task(count) g;
  coro_start(&g, count, 10);
  while (coro_next(&g))
    if (g.yielded == x)
      return 1; // expected-error {{'g' is left behind}}
  return 0;
}

static resumes_with(int) yields_of(int) void echo(int n) {
  for (int i = 0; i < n; i++)
    coro_yield_receive(i, &i);
}

void sent(int n) {
  coro_task(echo) g;
  coro_start(&g, echo, n);
  if (coro_next(&g) && coro_send(&g, 3))
    return; // expected-error {{'g' is left behind}}
}

void sent_before_the_start(void) {
  coro_task(echo) g;
  if (coro_send(&g, 3)) // expected-error {{nothing was started in 'g' when it is asked for its next value}}
    return;
}
