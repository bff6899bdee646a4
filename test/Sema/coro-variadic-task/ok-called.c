// RUN: %coro %cflags -c -o %t.o -Xclang -verify %s
// It can be called, also with coro_block_on.
// expected-no-diagnostics
#include <coro/coro.h>

yields int sum(int n, ...) {
  coro_suspend();
  return n;
}

yields int calls(void) { return sum(1) + sum(2, 3, 4.0); }
int blocks(void) { return coro_block_on(sum, 1, "text", 2L); }
