// REQUIRES: gdb
// RUN: %coro -g -O0 %s %rt -o %t
// RUN: %python %S/Inputs/debugger.py %t | %filecheck %s
// In each part a debugger finds the variables where they are: in the frame, if
// they are used again, otherwise on the stack.
#include <coro/coro.h>

struct point {
  int x, y;
};

void stop(void) {}

yields int inner(int depth) {
  int twice = depth * 2;
  coro_yield_now();
  stop();
  return twice + depth - depth;
}

yields int outer(int n) {
  struct point where = {n, -n};
  const char *text = "kept";
  for (int i = 40; i < 42; i++) {
    int got = inner(i);
    where.x += got;
    stop();
  }
  return where.x + text[0] + n - n;
}

int main(void) { return coro_block_on(outer, 7) != 7 + 80 + 82 + 'k'; }

// CHECK: stop 1
// CHECK: inner: depth = 40, twice = 80
// CHECK: stop 2
// CHECK: outer: n = 7, where = {x = 87, y = -7}, text = "kept", i = 40, got = 80
// CHECK: stop 3
// CHECK: inner: depth = 41, twice = 82
// CHECK: stop 4
// CHECK: outer: n = 7, where = {x = 169, y = -7}, text = "kept", i = 41, got = 82
