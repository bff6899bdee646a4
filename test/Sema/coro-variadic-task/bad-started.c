// RUN: %coro -fsyntax-only -Xclang -verify %s
// Variable arguments live in the stack of who calls.
#include <coro/coro.h>

yields int sum(int n, ...) {
  coro_suspend();
  return n;
}

void plain(void) {
  coro_task(sum) task;
  coro_start(&task, sum, 1, 2); // expected-error {{'sum' takes variable arguments, which live in the stack of its caller: it can be called, not started as a task [coro-variadic-task]}}
}
