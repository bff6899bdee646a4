// RUN: %coro -fsyntax-only -Xclang -verify %s
// The size of a variable-length array is evaluated, in a typeof as well.
#include <coro/coro.h>

yields int w(void); // expected-note 1+ {{'w' is declared with 'yields' here}}

void array(void) {
  int a[w()]; // expected-error {{'array' does not yield and calls 'w'}}
  (void)a;
}

unsigned long type(void) {
  __typeof__(int[w()]) x; // expected-error {{'type' does not yield and calls 'w'}}
  return sizeof x;
}
