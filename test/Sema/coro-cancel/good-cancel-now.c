// RUN: %coro -O0 -c -o %t.o -Xclang -verify %s
// RUN: %coro -O2 -c -o %t.o -Xclang -verify %s
// Cleanups that do not wait, of callees too; and waits that nobody shields.
// expected-no-diagnostics
#include <coro/coro.h>

static void undo(int *n) { *n = 0; }
static yields void inner(void) {
  __attribute__((cleanup(undo))) int n = 1;
  coro_suspend();
  (void)n;
}
static yields void outer(void) {
  __attribute__((cleanup(undo))) int n = 1;
  inner();
  coro_suspend();
  (void)n;
}
static yields_of(int) void values(int n) {
  __attribute__((cleanup(undo))) int kept = n;
  while (n--)
    coro_yield(n + kept);
}
static raises(int) yields void fails(int n) {
  __attribute__((cleanup(undo))) int kept = n;
  coro_suspend();
  if (kept)
    coro_raise(kept);
}

void stop(coro_context *cx) {
  coro_task(outer) a;
  coro_start(&a, outer);
  coro_poll(&a, cx);
  coro_cancel_now(&a);
  coro_task(values) b;
  coro_start(&b, values, 3);
  coro_next(&b);
  coro_cancel_now(&b);
  coro_task(fails) c;
  coro_start(&c, fails, 3);
  coro_poll(&c, cx);
  coro_cancel_now(&c);
}
