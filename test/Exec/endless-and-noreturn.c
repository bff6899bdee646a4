// RUN: %coro -O0 -Wall -Werror %s %rt -o %t0 && %t0 | %filecheck %s
// RUN: %coro -O1 -Wall -Werror %s %rt -o %t1 && %t1 | %filecheck %s
// RUN: %coro -O3 -Wall -Werror %s %rt -o %t3 && %t3 | %filecheck %s
// RUN: %coro -Oz -Wall -Werror %s %rt -o %tz && %tz | %filecheck %s
// Functions that never return, or only by ending the program.
#include <coro/coro.h>
#include <stdio.h>
#include <stdlib.h>

static int turns;

static yields void spin(void) {
  for (;;)
    coro_suspend();
}
static yields int count(int n) {
  while (1) {
    turns += n;
    coro_suspend();
  }
}
static yields void one_arm(void) {
  for (;;) {
    if (++turns % 3 == 0)
      coro_suspend();
  }
}
static yields void outer(void) {
  turns++;
  spin();
  printf("never\n");
}
_Noreturn static yields void never(int n) {
  for (turns = 0;; turns += n)
    coro_suspend();
}
static yields int through(int n) {
  if (n)
    never(n);
  return 77;
}
static yields void unreachable(int n) {
  coro_suspend();
  if (n > 100)
    __builtin_unreachable();
  coro_suspend();
  turns = n;
  if (n == 3)
    exit(0);
  __builtin_trap();
  coro_suspend();
}
static yields void dead_code(int n) {
  turns = n;
  return;
  coro_suspend();
  turns++;
}
static yields void empty(void) {}
static yields int at_once(int n) { return n * 2; }
static yields int if_false(int n) {
  if (0)
    coro_suspend();
  return n + (0 && (coro_suspend(), 1));
}

static coro_context cx = CORO_CONTEXT_INIT;

#define POLL(n, f, ...)                                                        \
  do {                                                                         \
    coro_task(f) t;                                                            \
    coro_start(&t, f, ##__VA_ARGS__);                                          \
    turns = 0;                                                                 \
    coro_status s = CORO_PENDING;                                              \
    for (int i = 0; i < n; i++)                                                \
      s = coro_poll(&t, &cx);                                                  \
    printf("%s %d %d\n", #f, s, turns);                                        \
    fflush(stdout);                                                            \
  } while (0)

int main(void) {
  // CHECK: spin 1 0
  POLL(9, spin);
  // CHECK-NEXT: count 1 45
  POLL(9, count, 5);
  // CHECK-NEXT: one_arm 1 27
  POLL(9, one_arm);
  // CHECK-NEXT: outer 1 1
  POLL(9, outer);
  // CHECK-NEXT: never 1 32
  POLL(9, never, 4);
  // CHECK-NEXT: through 1 32
  POLL(9, through, 4);
  // CHECK-NEXT: through 0 0
  POLL(1, through, 0);
  // CHECK-NEXT: dead_code 0 6
  POLL(3, dead_code, 6);
  // CHECK-NEXT: empty 0 0
  POLL(2, empty);
  // CHECK-NEXT: at_once 0 0
  POLL(2, at_once, 4);
  // CHECK-NEXT: if_false 0 0
  POLL(2, if_false, 4);
  // CHECK-NEXT: unreachable 1 0
  POLL(2, unreachable, 3);
  // CHECK-NOT: {{.}}
  POLL(3, unreachable, 3);
  printf("not reached\n");
}
