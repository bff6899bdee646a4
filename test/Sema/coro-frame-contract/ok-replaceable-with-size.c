// RUN: %coro %cflags -O0 -c -o %t.o -Xclang -verify %s
// RUN: %coro %cflags -O2 -c -o %t.o -Xclang -verify %s
// expected-no-diagnostics
#include <coro/coro.h>

__attribute__((weak)) yields int declared(int n) coro_frame(64);
__attribute__((weak)) yields int defined(int n) coro_frame(64);
yields int defined(int n) {
  coro_suspend();
  return n;
}

yields int calls(int n) {
  return (declared ? declared(n) : 0) + defined(n);
}
