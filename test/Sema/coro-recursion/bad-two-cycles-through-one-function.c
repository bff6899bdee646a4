// RUN: %coro -fsyntax-only -Xclang -verify %s
// A figure of eight is two cycles, so two errors.
#include <coro/coro.h>

yields int left(int n);
yields int right(int n);

yields int middle(int n) { // expected-error 2 {{'middle' calls itself through functions that yield}}
  coro_suspend();
  return left(n) + // expected-note {{'middle' calls 'left' here}}
         right(n); // expected-note {{'middle' calls 'right' here}}
}
yields int left(int n) { return n ? middle(n - 1) : 0; }  // expected-note {{'left' calls 'middle' here}} expected-note {{declare 'middle' with 'coro_boxed'}}
yields int right(int n) { return n ? middle(n - 2) : 1; } // expected-note {{'right' calls 'middle' here}} expected-note {{declare 'middle' with 'coro_boxed'}}
