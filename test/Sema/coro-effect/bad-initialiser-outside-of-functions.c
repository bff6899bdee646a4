// RUN: %coro -fsyntax-only -Xclang -verify %s
// Nothing can wait before the program runs.
#include <coro/coro.h>

yields int w(int n) {
  coro_suspend();
  return n;
}

int at_start = w(1);                // expected-error {{not a compile-time constant}}
int blocking = coro_block_on(w, 1); // expected-error {{not a compile-time constant}}

int local(void) {
  static int n = coro_block_on(w, 1); // expected-error {{not a compile-time constant}}
  return n;
}
