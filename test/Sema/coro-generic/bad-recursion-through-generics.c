// RUN: %coro -fsyntax-only -Xclang -verify %s
// A cycle through what a generic is given is one; two uses of the generic with
// different arguments are none.
#include <coro/coro.h>

static yields int leaf(int n) {
  coro_suspend();
  return n;
}
yields_as(f) static int map(int (*f)(int), int n) {
  // expected-note@+1 {{'map' calls 'again' here}}
  return f(n);  // expected-note {{a frame from an allocator ends the cycle: declare 'again' with 'coro_boxed', and write coro_try_box(&result, again, ...) here}}
}
yields_as(f) static int apply(int (*f)(int), int n) {
  return map(f, n); // expected-note {{'apply' calls 'map' here}}
}
static yields int once(int n) { return apply(leaf, n); }
yields int twice(int n) { return apply(once, n); }

// expected-error@+1 {{'again' calls itself through functions that yield, so its frame would contain itself [coro-recursion]}}
yields int again(int n) {
  return apply(again, n); // expected-note {{'again' calls 'apply' here}}
}
