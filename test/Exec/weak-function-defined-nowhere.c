// RUN: %coro -O0 %s %rt -o %t
// RUN: %t
// RUN: %coro -O2 %s %rt -o %t
// RUN: %t
// A weak function that is defined nowhere is null, as in plain C.
#include <coro/coro.h>

__attribute__((weak)) yields int missing(int n) coro_frame(64);
__attribute__((weak)) yields int (*table[])(int) coro_frame(64) = {missing};

static yields int calls(int n) {
  coro_yield_now();
  return missing ? missing(n) : table[0] ? -1 : n;
}

int main(void) { return coro_block_on(calls, 7) - 7; }
