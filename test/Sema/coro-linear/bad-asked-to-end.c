// RUN: %coro -fsyntax-only -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// Who asks a task to end has to poll it still.
#include <coro/coro.h>

static yields int f(int n) {
  coro_suspend();
  return n;
}

void asked(int n) {
  coro_task(f) t;
  coro_start(&t, f, n);
  coro_request_cancel(&t);
} // expected-error {{'t' is left behind: it was started and never ran}}

int asked_and_polled_once(int n, coro_context *cx) {
  coro_task(f) t;
  coro_start(&t, f, n);
  coro_request_cancel(&t);
  if (coro_poll(&t, cx) == CORO_PENDING)
    return 1; // expected-error {{'t' is left behind: its last poll said that it is not done}}
  return 0;
}

int asked_and_polled(int n, coro_context *cx) {
  coro_task(f) t;
  coro_status status;
  coro_start(&t, f, n);
  coro_request_cancel(&t);
  coro_request_cancel(&t);
  do
    status = coro_poll(&t, cx);
  while (status == CORO_PENDING);
  return status == CORO_CANCELLED ? -1 : t.result;
}
