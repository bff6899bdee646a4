// RUN: %coro -fsyntax-only -Xclang -verify %s
// coro_start and coro_block_on take a function, by its name.
#include <coro/coro.h>

int plain(int n) { return n; }

int block(void) {
  return coro_block_on(plain, 1); // expected-error {{coro_block_on takes the name of a function that yields}}
}
