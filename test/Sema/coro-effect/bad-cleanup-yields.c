// RUN: %coro -fsyntax-only -Xclang -verify %s
// A cleanup is a call at the end of the scope.
#include <coro/coro.h>

yields void cleaned(int *p) { // expected-note {{'cleaned' is declared with 'yields' here}}
  coro_suspend();
  *p = 0;
}

void plain(void) {
  int kept __attribute__((cleanup(cleaned))) = 1; // expected-error {{'plain' does not yield and calls 'cleaned'}}
}

yields void waits(void) {
  int kept __attribute__((cleanup(cleaned))) = 1;
  coro_suspend();
}
