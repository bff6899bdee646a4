// RUN: %coro -fsyntax-only -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// Who waits for some tasks does not finish others.
#include <coro/coro.h>

static yields int f(int n) {
  coro_suspend();
  return n;
}

yields int not_all(int n) {
  coro_task(f) a, b, c;
  coro_start(&a, f, n);
  coro_start(&b, f, n);
  coro_start(&c, f, n);
  coro_join(&a, &b);
  return a.result + b.result; // expected-error {{'c' is left behind: it was started and never ran}}
}

yields int not_on_this_path(int n) {
  coro_task(f) a;
  coro_start(&a, f, n);
  if (n > 3 && coro_timeout(CORO_SECOND, &a))
    return a.result;
  return -1; // expected-error {{'a' is left behind: it was started and never ran}}
}

yields void not_started(int n) {
  coro_task(f) a, b, c;
  coro_start(&a, f, n);
  coro_join(&a, &b);             // expected-error {{nothing was started in 'b' when it is joined}}
  coro_timeout(CORO_SECOND, &c); // expected-error {{nothing was started in 'c' when it is waited for}}
}

yields void started_twice_after_a_race(int n) {
  coro_task(f) a, b;
  coro_start(&a, f, n);
  coro_start(&b, f, n);
  coro_race(&a, &b);
  coro_start(&a, f, n);
  coro_start(&a, f, n); // expected-error {{'a' is started again}}
  coro_wait(&a);
}
