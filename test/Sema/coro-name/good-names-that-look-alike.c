// RUN: %coro -O2 -c -o %t.o -Xclang -verify %s
// expected-no-diagnostics
// Only a name of a coroutine of this file is taken.
#include <coro/coro.h>

int other __asm__("plain.coro") = 1;
int plain(void) { return other; }
static int f_start(void) { return 2; }

yields int f(int n) {
  coro_suspend();
  return n + f_start();
}
