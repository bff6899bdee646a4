// RUN: %coro -fsyntax-only -Xclang -verify %s
// A caller's frame has its callee's in it, so that has to have a size.
#include <coro/coro.h>

yields int elsewhere(int n); // expected-note 2 {{'elsewhere' is declared here}}

yields int calls(int n) {
  return elsewhere(n) + // expected-error {{the frame of 'elsewhere' has no known size here}}
         elsewhere(n);  // expected-error {{the frame of 'elsewhere' has no known size here}}
}
