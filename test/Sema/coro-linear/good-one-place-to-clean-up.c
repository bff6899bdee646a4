// RUN: %coro -fsyntax-only -Xclang -verify %s
// Errors go to a label, a variable, a function that finishes what was started.
// expected-no-diagnostics
#include <coro/coro.h>
#include <stdbool.h>

static yields int f(int n) {
  coro_suspend();
  return n;
}
static coro_context cx = CORO_CONTEXT_INIT;
int step(int n);
static void finish(coro_task(f) *t) {
  while (coro_poll(t, &cx) == CORO_PENDING)
    ;
}

int goto_cleanup(int n) {
  int result = -1;
  bool started = false;
  coro_task(f) t;
  if (step(1) < 0)
    goto out;
  coro_start(&t, f, 1);
  started = true;
  if (step(2) < 0)
    goto out;
  result = n;
out:
  if (started)
    finish(&t);
  return result;
}

int goto_cleanup_polled(int n) {
  int result = -1;
  int started = 0;
  coro_task(f) t;
  if (step(1) < 0)
    goto out;
  coro_start(&t, f, 1);
  started++;
  if (step(2) < 0)
    goto out;
  result = n;
out:
  if (started)
    while (coro_poll(&t, &cx) == CORO_PENDING)
      ;
  return result;
}

int error_codes(int n) {
  coro_task(f) t;
  int err = step(n);
  if (err)
    goto out;
  coro_start(&t, f, 1);
  err = step(n + 1);
  if (err)
    goto drain;
  err = step(n + 2);
drain:
  while (coro_poll(&t, &cx) == CORO_PENDING)
    ;
out:
  return err;
}

static void clean(coro_task(f) *t) { finish(t); }

void cleanup(int n) {
  __attribute__((cleanup(clean))) coro_task(f) t;
  coro_start(&t, f, 1);
  if (n)
    return;
}
