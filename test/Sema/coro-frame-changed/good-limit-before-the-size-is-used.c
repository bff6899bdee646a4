// RUN: %coro -O0 -c -o %t.o -Xclang -verify %s
// RUN: %coro -O2 -c -o %t.o -Xclang -verify %s
// expected-no-diagnostics
// A promise in front of the first use of the size; the same one again behind.
#include <coro/coro.h>

yields int f(int n) coro_frame(64);
yields int f(int n) {
  coro_suspend();
  return n;
}
unsigned long size = sizeof(coro_task(f));
yields int f(int n) coro_frame(64);

// Without a promise, what is declared behind changes nothing.
yields int g(int n) {
  coro_suspend();
  return n;
}
unsigned long other = sizeof(coro_task(g));
yields int g(int n);
