// RUN: %coro -fsyntax-only -Xclang -verify %s
// coro_block_on needs room for the frame as well.
#include <coro/coro.h>

yields int elsewhere(int n); // expected-note {{'elsewhere' is declared here}}

int blocks(int n) {
  return coro_block_on(elsewhere, n); // expected-error {{the frame of 'elsewhere' has no known size here}}
}
