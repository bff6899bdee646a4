// REQUIRES: x86_64, llvm22
// RUN: %coro -O2 -fplugin-arg-coro-print-frames -fno-discard-value-names -c %s -o %t.o 2>&1 | %filecheck %s
// The flags of a coro_for are values of which the loop's body knows most: they
// are no part of the variable that is the task.
#include <coro/coro.h>

int use(int);

yields_of(int) void numbers(int n) {
  for (int i = 0; i < n; i++)
    coro_yield(i);
}

yields int sum(int n) {
  int all = 0;
  coro_for(int x, numbers, n) {
    if (use(x))
      break;
    coro_suspend();
    all += use(all);
  }
  return all;
}

// CHECK: frame of numbers: 16 bytes
// CHECK: frame of sum: 24 bytes
// CHECK: +16 variable __coro_loop
