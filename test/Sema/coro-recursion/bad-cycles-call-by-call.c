// RUN: %coro -fsyntax-only -Xclang -verify %s
// Each cycle is reported once, at its first function, with a note for a call.
#include <coro/coro.h>

yields int b(int n);
yields int c(int n);

yields int a(int n) { // expected-error {{'a' calls itself through functions that yield}}
  coro_suspend();
  return b(n); // expected-note {{'a' calls 'b' here}}
}
yields int b(int n) {
  return n ? c(n - 1) : 0; // expected-note {{'b' calls 'c' here}}
}
yields int c(int n) { return a(n); } // expected-note {{'c' calls 'a' here}} expected-note {{a frame from an allocator ends the cycle: declare 'a' with 'coro_boxed', and write coro_try_box(&result, a, ...) here}}

yields int even(int n);
yields int odd(int n) { return n ? even(n - 1) : 0; } // expected-error {{'odd' calls itself through functions that yield}} expected-note {{'odd' calls 'even' here}}
yields int even(int n) { return n ? odd(n - 1) : 1; } // expected-note {{'even' calls 'odd' here}} expected-note {{a frame from an allocator ends the cycle: declare 'odd'}}

// On the way to a cycle, not on it.
yields int outside(int n) { return odd(n) + a(n); }
