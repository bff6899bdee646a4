// RUN: %coro -fsyntax-only -Xclang -verify %s
// Each call is reported where it stands, with a note at the declaration.
#include <coro/coro.h>

// expected-note@+1 9 {{'w' is declared with 'yields' here}}
yields int w(int n);

int plain(int n, int *p) {
  n = w(n);             // expected-error {{'plain' does not yield and calls 'w'}}
  p[w(n)] += w(1);      // expected-error 2 {{'plain' does not yield and calls 'w'}}
  int a[2] = {0, w(2)}; // expected-error {{'plain' does not yield and calls 'w'}}
  while (w(3) && n)     // expected-error {{'plain' does not yield and calls 'w'}}
    n--;
  (w)(4);                                           // expected-error {{'plain' does not yield and calls 'w'}}
  (*w)(5);                                          // expected-error {{'plain' does not yield and calls 'w'}}
  (&w)(6);                                          // expected-error {{'plain' does not yield and calls 'w'}}
  return _Generic(n, int: w(7), long: w(8)) + a[0]; // expected-error {{'plain' does not yield and calls 'w'}}
}
