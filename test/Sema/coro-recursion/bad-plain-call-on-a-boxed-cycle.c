// RUN: %coro -fsyntax-only -Xclang -verify %s
// A plain call of a boxed function from inside its own cycle has no way to say
// that there was no memory.
#include <coro/coro.h>

coro_boxed yields int f(int n) {
  coro_suspend();
  return n ? f(n - 1) : 0; // expected-error {{this call of 'f' is on a cycle, so its frame comes from an allocator, which may refuse; write coro_try_box(&result, f, ...), which is false then, or declare 'f' with 'raises(coro_error)' [coro-recursion]}} expected-note {{'f' calls 'f' here}}
}

coro_boxed yields int even(int n);
yields int odd(int n) {
  return n ? even(n - 1) : 0; // expected-error {{this call of 'even' is on a cycle}} expected-note {{'odd' calls 'even' here}}
}
yields int even(int n) {
  return n ? odd(n - 1) : 1; // expected-note {{'even' calls 'odd' here}}
}

// One call in a box does not mend the other.
coro_boxed yields int both(int n) {
  int left = 0;
  coro_try_box(&left, both, n - 1);
  return left + both(n - 2); // expected-error {{this call of 'both' is on a cycle}} expected-note {{'both' calls 'both' here}}
}
