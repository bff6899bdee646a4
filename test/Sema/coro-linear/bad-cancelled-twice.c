// RUN: %coro -fsyntax-only -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <coro/coro.h>

static yields int f(int n) {
  coro_suspend();
  return n;
}
static coro_context cx = CORO_CONTEXT_INIT;

void __coro_cancel(void *frame);
#define cancel(task) __coro_cancel((task)->coro_frame_bytes)

void twice(int n) {
  coro_task(f) t;
  coro_start(&t, f, 1);
  if (n)
    cancel(&t);
  if (n > 3)
    cancel(&t); // expected-error {{'t' is cancelled, and it was cancelled before on this path}}
  while (coro_poll(&t, &cx) == CORO_PENDING)
    ;
}

void once(int n) {
  coro_task(f) t;
  coro_start(&t, f, 1);
  if (n) {
    cancel(&t);
    return;
  }
  while (coro_poll(&t, &cx) == CORO_PENDING)
    if (n > 3)
      break;
  cancel(&t);
}
