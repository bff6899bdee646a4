// RUN: %coro -fexceptions -O0 -c %s -o %t.o && %coro -x c++ %S/Inputs/throws-at-a-task.cpp -x none %t.o %rt -lstdc++ -o %t0
// RUN: %coro -fexceptions -O2 -c %s -o %t.o && %coro -x c++ %S/Inputs/throws-at-a-task.cpp -x none %t.o %rt -lstdc++ -o %t2
// RUN: %not --crash %t0 2>&1 | %filecheck %s
// RUN: %not --crash %t2 2>&1 | %filecheck %s
// An exception would leave the task where it was suspended last, to do the same
// again. It ends the program, and says where.
#include <coro/coro.h>

void throws(int n);

static yields int calls(int n) {
  coro_yield_now();
  throws(n);
  return n;
}

int run(int n) { return coro_block_on(calls, n); }

// CHECK: went well: 1
// CHECK-NEXT: coro: an exception came to 'calls', which yields: its task could not go on.
// CHECK-NOT: caught
