// RUN: %coro -O0 -c -o %t.o -Xclang -verify %s
// RUN: %coro -O2 -c -o %t.o -Xclang -verify %s
// A tail call would leave the frame behind.
#include <coro/coro.h>

int plain(int n);
yields int waits(int n) {
  coro_suspend();
  return n;
}

yields int to_plain(int n) {
  coro_suspend();
  __attribute__((musttail)) return plain(n); // expected-error {{musttail in 'to_plain'}}
}
yields int to_waiting(int n) {
  coro_suspend();
  __attribute__((musttail)) return waits(n); // expected-error {{musttail in 'to_waiting'}}
}
