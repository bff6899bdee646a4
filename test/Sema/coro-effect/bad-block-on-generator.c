// RUN: %coro -fsyntax-only -Xclang -verify %s
// coro_block_on runs to the end and has no place for values.
#include <coro/coro.h>

yields_of(int) int count(int n) coro_frame(64);

int run(void) {
  return coro_block_on(count, 3); // expected-error {{coro_block_on would lose the values of the generator 'count'; take them with coro_for [coro-effect]}}
}
