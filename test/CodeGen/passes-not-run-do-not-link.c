// RUN: %coro -Xclang -disable-llvm-passes -c %s -o %t.o
// RUN: %not %coro %t.o %rt -o %t 2> %t.err
// RUN: %filecheck %s < %t.err
// Where nobody runs the passes, a marker is missing at the link: no program.
// CHECK: undefined reference to `__coro_suspend'
#include <coro/coro.h>

yields int waits(int n) {
  coro_suspend();
  return n;
}
int main(void) { return coro_block_on(waits, 0); }
