// RUN: %coro -fsyntax-only -Xclang -verify %s
// A function that waits for itself would need a frame within its frame.
#include <coro/coro.h>

yields int f(int n) { // expected-error {{'f' calls itself through functions that yield, so its frame would contain itself [coro-recursion]}}
  coro_suspend();
  return n ? f(n - 1) : 0; // expected-note {{'f' calls 'f' here}} expected-note {{a frame from an allocator ends the cycle}}
}

yields int never_suspends(int n) {      // expected-error {{'never_suspends' calls itself}}
  return n ? never_suspends(n - 1) : 0; // expected-note {{'never_suspends' calls 'never_suspends' here}} expected-note {{a frame from an allocator ends the cycle}}
}
