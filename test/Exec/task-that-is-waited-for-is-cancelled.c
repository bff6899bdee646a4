// RUN: %coro -O0 -Wall -Werror %s %rt -o %t0 && %t0 | %filecheck %s
// RUN: %coro -O2 -Wall -Werror %s %rt -o %t2 && %t2 | %filecheck %s
// RUN: %coro -O2 -fplugin-arg-coro-no-fuse %s %rt -o %t3 && %t3 | %filecheck %s
// A task in a variable goes with the function that waits for it, whichever word
// it waits by: its cleanups run.
#include <coro/coro.h>
#include <stdio.h>

static void clean(const char **name) { printf("clean %s\n", *name); }

static yields void leaf(const char *name) {
  __attribute__((cleanup(clean))) const char *held = name;
  coro_yield_now();
  (void)held;
}
static yields void waits(void) {
  coro_task(leaf) a;
  coro_start(&a, leaf, "waited for");
  coro_wait(&a);
  printf("on\n");
}
static yields void joins(void) {
  coro_task(leaf) a;
  coro_start(&a, leaf, "joined");
  coro_join(&a);
  printf("on\n");
}

static yields void cancels(void) {
  coro_task(waits) w;
  coro_start(&w, waits);
  coro_poll(&w, coro_self());
  printf("%d\n", coro_cancel(&w));
  coro_task(joins) j;
  coro_start(&j, joins);
  coro_poll(&j, coro_self());
  printf("%d\n", coro_cancel(&j));
}

int main(void) {
  // CHECK: clean waited for
  // CHECK-NEXT: 4
  // CHECK-NEXT: clean joined
  // CHECK-NEXT: 4
  coro_block_on(cancels);
  // Where nobody cancels it, nothing runs twice.
  // CHECK-NEXT: clean waited for
  // CHECK-NEXT: on
  coro_block_on(waits);
}
