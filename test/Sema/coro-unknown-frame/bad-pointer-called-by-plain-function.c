// RUN: %coro -fsyntax-only -Xclang -verify %s
// A pointer's effects count like a function's.
#include <coro/coro.h>

typedef yields int (*pointer)(int) coro_frame(64); // expected-note {{'p' is declared with 'yields' here}}

int plain(pointer p) {
  return p(1); // expected-error {{'plain' does not yield and calls 'p'}}
}
