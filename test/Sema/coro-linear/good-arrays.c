// RUN: %coro -fsyntax-only -Xclang -verify %s
// Filled in one loop and finished in another.
// expected-no-diagnostics
#include <coro/coro.h>
#include <stdbool.h>

static yields int f(int n) {
  coro_suspend();
  return n;
}
static coro_context cx = CORO_CONTEXT_INIT;
int step(int n);
void give(void *);

int array(int n) {
  coro_task(f) t[8];
  for (int i = 0; i < n; i++)
    coro_start(&t[i], f, i);
  for (int i = 0; i < n; i++)
    while (coro_poll(&t[i], &cx) == CORO_PENDING)
      ;
  int sum = 0;
  for (int i = 0; i < n; i++)
    sum += t[i].result;
  return sum;
}

int array_flags(int n) {
  coro_task(f) t[8];
  bool started[8] = {0};
  for (int i = 0; i < n; i++)
    if (step(i)) {
      coro_start(&t[i], f, i);
      started[i] = true;
    }
  for (int i = 0; i < n; i++)
    if (started[i])
      while (coro_poll(&t[i], &cx) == CORO_PENDING)
        ;
  return 0;
}

int array_passed(int n) {
  coro_task(f) t[8];
  for (int i = 0; i < n; i++)
    coro_start(&t[i], f, i);
  give(t);
  return 0;
}

int array_first(int n) {
  coro_task(f) t[2];
  coro_start(&t[0], f, n);
  coro_start(&t[1], f, n);
  give(&t[0]);
  return 0;
}
