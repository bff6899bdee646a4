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
  return f(n);
}
yields_as(f) static int apply(int (*f)(int), int n) {
  return map(f, n); // expected-note {{'apply' calls 'map' here}}
}
static yields int once(int n) { return apply(leaf, n); }
yields int twice(int n) { return apply(once, n); }

// expected-error@+1 {{'again' calls itself through functions that yield, so its frame would contain itself [coro-recursion]}}
yields int again(int n) {
  // expected-note@+1 {{a frame from an allocator ends the cycle: declare 'again' with 'coro_boxed', and give 'apply' a function that calls coro_try_box(&result, again, ...)}}
  return apply(again, n); // expected-note {{'again' calls 'apply' here}}
}

// As the note says.
static coro_boxed yields int deep(int n);
static yields int boxed(int n) {
  int result;
  return coro_try_box(&result, deep, n - 1) ? result : -1;
}
static coro_boxed yields int deep(int n) { return n ? apply(boxed, n) : 0; }
yields int start(int n) { return deep(n); }

// Whatever it is given, and once.
yields_as(f) static int down(int (*f)(int), int n);
// expected-error@+2 {{'up' calls itself through functions that yield}}
// expected-note@+1 {{a frame from an allocator ends a cycle, but 'up' has one for each argument: write a function that yields for this one, declare it with 'coro_boxed', and call that with coro_try_box}}
yields_as(f) static int up(int (*f)(int), int n) {
  return n ? down(f, n - 1) + f(n) : 0; // expected-note {{'up' calls 'down' here}}
}
yields_as(f) static int down(int (*f)(int), int n) {
  return n ? up(f, n - 1) : 0; // expected-note {{'down' calls 'up' here}}
}
yields int both(int n) { return up(leaf, n) + up(once, n); }

// Through pointers that never point elsewhere, and constant tables.
struct table {
  yields int (*step)(int) coro_frame(256);
};
struct mixed {
  int (*plain)(int);
};
// expected-error@+1 {{'by_pointer' calls itself through functions that yield}}
static yields int by_pointer(int n);
static yields int (*const pointer)(int) coro_frame(256) = by_pointer;
static yields int by_pointer(int n) {
  // expected-note@+1 {{'by_pointer' calls 'by_pointer' here}}
  return n ? pointer(n - 1) : 0; // expected-note {{declare 'by_pointer'}}
}
// expected-error@+1 {{'by_table' calls itself through functions that yield}}
static yields int by_table(int n);
static const struct table table = {by_table};
static yields int by_table(int n) {
  // expected-note@+1 {{'by_table' calls 'by_table' here}}
  return n ? table.step(n - 1) : 0; // expected-note {{declare 'by_table'}}
}
// expected-error@+1 {{'by_generic' calls itself through functions that yield}}
static yields int by_generic(int n);
static const struct mixed mixed = {by_generic};
yields_as(m->plain) static int plain(const struct mixed *m, int n) {
  // expected-note@+1 {{'plain' calls 'by_generic' here}}
  return m->plain(n);
}
static yields int by_generic(int n) {
  // expected-note@+2 {{'by_generic' calls 'plain' here}}
  // expected-note@+1 {{and give 'plain' a function that calls coro_try_box(&result, by_generic, ...)}}
  return n ? plain(&mixed, n - 1) : 0;
}
