// RUN: %coro -O1 -c -emit-llvm %s -o %t.bc
// RUN: %clang -Wno-unused-command-line-argument -O2 -c %t.bc -o %t.o
// RUN: %clang %t.o %rt -o %t
// RUN: %t
// Once the passes have run, the IR is ordinary: any clang takes it from there.
#include <coro/coro.h>

static yields int waits(int n) {
  coro_yield_now();
  return n;
}
int main(void) { return coro_block_on(waits, 7) - 7; }
