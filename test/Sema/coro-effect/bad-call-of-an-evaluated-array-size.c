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

unsigned long once(void) {
  return sizeof(int[w()]); // expected-error {{'once' does not yield and calls 'w'}}
}

unsigned long expression(void *p) {
  return sizeof(*(int (*)[w()])p); // expected-error {{'expression' does not yield and calls 'w'}}
}

void type_of_an_expression(void *p) {
  __typeof__(*(int (*)[w()])p) x; // expected-error {{'type_of_an_expression' does not yield and calls 'w'}}
  (void)x;
}
