// RUN: %coro -fsyntax-only -Xclang -verify %s
// A declaration that came before may have been called as an ordinary function.
#include <coro/coro.h>

int late(int n);        // expected-note {{'late' is declared here}}
yields int late(int n); // expected-error {{this redeclaration of 'late' adds 'yields'}}

void uses(void) {
  int inner(int n); // expected-note {{'inner' is declared here}}
  (void)inner;
}
yields int inner(int n); // expected-error {{this redeclaration of 'inner' adds 'yields'}}
