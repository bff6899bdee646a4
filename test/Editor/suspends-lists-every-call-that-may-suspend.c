// RUN: %corocc --suspends %s > %t && %filecheck --match-full-lines %s < %t
// RUN: %corocc --suspends %s > %t.again && cmp %t %t.again
// One line for each, in the order of the text.
#include <coro/coro.h>

yields int next(int n) coro_frame(64);
yields typedef int (*step)(int) coro_frame(64);
struct ops {
  yields int (*read)(void *to, int size) coro_frame(64);
};

static yields void unlock(int *lock) {
  coro_yield_now();
  *lock = 0;
}
// CHECK: [[FILE:.*\.c]]:13:3: in 'unlock': 'coro_yield_now' suspends

static int plain(int n) { return n; }

static yields int direct(int n) {
  coro_suspend();
  n = next(plain(n)) + next(next(3));
  // What is not evaluated does not suspend.
  return sizeof(next(4)) + _Generic(n, int: 0, default: next(5));
}
// CHECK-NEXT: [[FILE]]:21:3: in 'direct': 'coro_suspend' suspends
// CHECK-NEXT: [[FILE]]:22:7: in 'direct': 'next' waits (declared [[FILE]]:6)
// CHECK-NEXT: [[FILE]]:22:24: in 'direct': 'next' waits (declared [[FILE]]:6)
// CHECK-NEXT: [[FILE]]:22:29: in 'direct': 'next' waits (declared [[FILE]]:6)

static yields int pointers(struct ops *ops, step *steps) {
  return ops->read(0, 1) + steps[1](2);
}
// CHECK-NEXT: [[FILE]]:32:10: in 'pointers': 'read' waits (declared [[FILE]]:9)
// CHECK-NEXT: [[FILE]]:32:28: in 'pointers': 'steps' waits (declared [[FILE]]:31)

static yields void cleanup(void) {
  __attribute__((cleanup(unlock))) int lock = 1;
  coro_suspend();
}
// CHECK-NEXT: [[FILE]]:38:40: in 'cleanup': 'unlock' waits at the end of this variable's scope (declared [[FILE]]:12)
// CHECK-NEXT: [[FILE]]:39:3: in 'cleanup': 'coro_suspend' suspends

#define PAUSE(n)                                                               \
  do {                                                                         \
    coro_yield_now();                                                          \
    plain(n);                                                                  \
  } while (0)
yields int macros(void) {
  PAUSE(next(1));
  return 0;
}
// CHECK-NEXT: [[FILE]]:50:3: in 'macros': 'coro_yield_now' suspends
// CHECK-NEXT: [[FILE]]:50:9: in 'macros': 'next' waits (declared [[FILE]]:6)

int main(void) {
  coro_block_on(cleanup);
  return coro_block_on(direct, 1) + coro_block_on(pointers, 0, 0);
}
// CHECK-NOT: suspends
