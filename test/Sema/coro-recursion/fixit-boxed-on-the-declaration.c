// RUN: cp %s %t.c
// RUN: %not %coro -fsyntax-only -Xclang -fixit %t.c 2> %t.err
// RUN: %filecheck %s < %t.c
// RUN: %coro -fsyntax-only %t.c
#include <coro/coro.h>

// CHECK: coro_boxed yields int down(int n);
yields int down(int n);
// CHECK: coro_boxed yields int down(int n) {
yields int down(int n) {
  int below = 0;
  return n && coro_try_box(&below, down, n - 1) ? below + 1 : 0;
}
