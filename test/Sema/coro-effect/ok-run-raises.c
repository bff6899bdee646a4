// RUN: %coro -fsyntax-only -Xclang -verify %s
// expected-no-diagnostics
#include <coro/coro.h>

raises(int) yields int may(int n) coro_frame(64);
raises(int) yields_of(int) void values(void) coro_frame(64);
raises(int) yields yields_of(int) void slow(void) coro_frame(64);
yields int quiet(int n) coro_frame(64);

// Its value says how it ended.
yields int status(int n) {
  coro_task(may) a;
  coro_start(&a, may, n);
  return coro_wait(&a) == CORO_RAISED ? a.error : a.result;
}

// What these are is not known, or raises nothing.
yields void erased(coro_any_task *any, coro_future *future, int n) {
  coro_task(quiet) a;
  coro_start(&a, quiet, n);
  coro_join(any, future, &a);
}

yields int cancelled(int n) {
  coro_task(may) a;
  coro_start(&a, may, n);
  return coro_cancel(&a);
}

raises(int) yields int says(int n) {
  coro_task(may) a;
  coro_task(quiet) b;
  coro_start(&a, may, n);
  coro_start(&b, quiet, n);
  coro_join(&a, &b);
  coro_for(int x, slow)
      n += x;
  return n;
}

yields int catches(int n) {
  coro_task(may) a;
  coro_start(&a, may, n);
  coro_try {
    coro_timeout(CORO_SECOND, &a);
    coro_for(int x, values)
        n += x;
  }
  coro_catch(int, e) {
    n = e;
  }
  return n;
}

int polled(int n, coro_context *cx) {
  coro_task(may) a;
  coro_start(&a, may, n);
  while (coro_poll(&a, cx) == CORO_PENDING)
    ;
  return n;
}

raises(int) int blocks(int n) { return coro_block_on(may, n); }
