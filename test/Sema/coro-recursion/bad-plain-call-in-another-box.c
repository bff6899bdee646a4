// RUN: %coro -fsyntax-only -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <coro/coro.h>

coro_boxed raises(int) yields int other(int n) {
  coro_suspend();
  return n ? other(n - 1) : 0; // expected-error {{this call of 'other' is on a cycle, so its frame comes from an allocator, which may refuse; write coro_try_box(&result, other, ...), which is false then: a refusal is a coro_error, and 'other' raises 'int' [coro-recursion]}}
}

coro_boxed raises(coro_error)
yields int inner(int n) {
  coro_try {
    n = inner(n - 1); // expected-error {{the coro_try around this catches 'int', and 'inner' may raise 'coro_error'}}
  }
  coro_catch(int, e) {
    n = e;
  }
  return n;
}

// It may raise, but not there.
coro_boxed yields int quiet(int n);
raises(coro_error) yields int tries(int n) {
  coro_try {
    n = quiet(n - 1); // expected-error {{write coro_try_box(&result, quiet, ...), which is false then: a refusal is a coro_error, which cannot be raised here}}
  }
  coro_catch(int, e) {
    n = e;
  }
  return n;
}
yields int quiet(int n) {
  coro_try {
    n = tries(n);
  }
  coro_catch(coro_error, e) {
    n = e;
  }
  return n;
}

// The word is needed all the same.
raises(coro_error) yields int unsaid(int n) { // expected-error {{'unsaid' calls itself through functions that yield, so its frame would contain itself}}
  coro_suspend();
  return n ? unsaid(n - 1) : 0;
}

raises(long) yields int pointer(yields int (*p)(int)) {
  return p(1); // expected-error {{which takes the frame from the context's allocator: a refusal is a coro_error, and 'pointer' raises 'long' [coro-unknown-frame]}}
}

yields_as(f) static int map(int (*f)(int), int n) {
  int r;
  return coro_try_box(&r, f, n) ? r : 0; // expected-error {{coro_try_box takes a function that yields, and 'f' is whatever 'map' is given; call it as it is, and give 'map' a function that calls coro_try_box [coro-effect]}}
}
yields int generic(yields int (*f)(int) coro_frame(64), int n) {
  int r;
  return coro_try_box(&r, map, f, n) ? r : 0; // expected-error {{coro_try_box takes one function that yields, and 'map' has a frame for each argument; write a function that yields and calls it, and give that [coro-effect]}}
}
