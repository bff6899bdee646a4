// RUN: %coro -fsyntax-only -Xclang -verify %s
// An argument must be known well enough to compile the function for it.
#include <coro/coro.h>

static yields int slow(int n) {
  coro_suspend();
  return n;
}
// expected-note@+1 2 {{'get' is declared here}}
yields_as(wait) static int get(int wait) {
  if (wait)
    coro_suspend();
  return 0;
}
yields_as(f) static int map(int (*f)(int), int n) { return f(n); }
// expected-note@+1 {{'elsewhere' is declared here}}
yields_as(f) int elsewhere(int (*f)(int), int n);

// expected-error@+1 {{'get' yields or not by the value of this argument, which is not constant here; choose between two calls with constants [coro-generic]}}
yields int flag(int n) { return get(n); }
// expected-error@+1 {{'get' yields or not by the value of this argument}}
yields_as(wait) static int derived(int wait, int n) { return get(wait + n); }
// expected-note@+1 {{'p' is declared here}}
yields int pointer(yields int (*p)(int)) {
  // expected-error@+1 {{'map' is compiled for what it is given, and the frame of what is given here has no known size: name one function in each call, or declare the pointer with coro_frame(N) [coro-unknown-frame]}}
  return map(p, 1);
}
yields_as(f) static void each(void (*f)(int), int n) { f(n); }
// expected-error@+1 {{'each' is given a pointer to a generator and cannot hand its values on; name the generator in the call [coro-generic]}}
yields_of(int) void values(yields_of(int) void (*p)(int) coro_frame(64)) { each(p, 1); }
yields int choice(int n) {
  // expected-error@+1 {{'map' is compiled for what it is given}}
  return map(n ? slow : choice, 1);
}
// expected-error@+1 {{'elsewhere' is compiled anew for 'slow', which yields, and its body is not in this unit; define it here (in a header: static) [coro-generic]}}
yields int unseen(void) { return elsewhere(slow, 1); }
int fine(int (*f)(int)) { return elsewhere(f, 1) + derived(0, 1); }
