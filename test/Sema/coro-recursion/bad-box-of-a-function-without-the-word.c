// RUN: %coro -fsyntax-only -Xclang -verify %s
// A box ends a cycle where the function's declaration says so.
#include <coro/coro.h>

yields int ping(int n);

yields int pong(int n) {
  int r = 0;
  coro_try_box(&r, ping, n - 1); // expected-note {{'pong' calls 'ping' here}}
  return r;
}
yields int ping(int n) { // expected-error@5 {{'ping' calls itself through coro_try_box, as deep as the allocator has frames; say so on its declaration with 'coro_boxed' [coro-recursion]}}
  return pong(n);        // expected-note {{'ping' calls 'pong' here}}
}
