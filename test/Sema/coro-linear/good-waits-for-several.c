// RUN: %coro -fsyntax-only -Xclang -verify %s
// Who waits for a task finishes it.
// expected-no-diagnostics
#include <coro/coro.h>

static yields int f(int n) {
  coro_suspend();
  return n;
}

yields int joined(int n) {
  coro_task(f) a, b;
  coro_start(&a, f, n);
  coro_start(&b, f, n + 1);
  coro_join(&a, &b);
  return a.result + b.result;
}

yields int waited(int n) {
  coro_task(f) a;
  coro_start(&a, f, n);
  coro_wait(&a);
  return a.result;
}

yields int raced(int n) {
  coro_task(f) a, b;
  coro_start(&a, f, n);
  coro_start(&b, f, n + 1);
  return coro_race(&a, &b);
}

yields int in_time(int n) {
  coro_task(f) a;
  coro_start(&a, f, n);
  if (coro_timeout(CORO_SECOND, &a))
    return a.result;
  return -1;
}

yields int one_then_the_other(int n) {
  coro_task(f) a, b;
  coro_start(&a, f, n);
  coro_start(&b, f, n + 1);
  if (coro_any(&a, &b) == 0)
    coro_wait(&b);
  else
    coro_wait(&a);
  return a.result + b.result;
}

yields int list(int n) {
  coro_task(f) all[3];
  for (int i = 0; i < 3; i++)
    coro_start(&all[i], f, i);
  if (n > 2)
    coro_join(&all[0], &all[1], &all[2]);
  else
    for (int i = 0; i < 3; i++)
      coro_wait(&all[i]);
  return all[0].result;
}
