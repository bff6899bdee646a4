// RUN: rm -rf %t && mkdir %t
// RUN: %corocc -O2 -flto -DONE -c %s -o %t/one.o
// RUN: %corocc -O2 -flto -DTWO -c %s -o %t/two.o
// RUN: %corocc -O2 -flto -Wl,--save-temps %t/one.o %t/two.o -o %t/program
// RUN: %t/program
// RUN: %opt -S %t/program.0.5.precodegen.bc -o - | %filecheck %s
// A function of another unit is inlined where the waker is known, too: what it
// wakes behind a wait is the executor's own.
#include <coro/coro.h>

yields int other(int n) coro_frame(256);

#ifdef ONE
static yields int calls(int n) { return other(n); }

CORO_EXECUTOR(set, calls);
void run(struct set *e);

int main(void) {
  struct set e;
  struct set_slot slot;
  set_init(&e, &slot, 1, NULL, NULL);
  struct set_slot *one = coro_closed_keep(&e, calls, 1);
  run(&e);
  int result = one->task.calls.result;
  set_drop(&e, one);
  set_fini(&e);
  return result - 2;
}

// CHECK-LABEL: define {{.*}}@run(
// CHECK-NOT: {{(call|invoke) .*[ )]%[^ ]+\(}}
// CHECK: call {{.*}}@coro_sleep.start(
// CHECK-NOT: {{(call|invoke) .*[ )]%[^ ]+\(}}
// CHECK: {{^}}}
__attribute__((noinline)) void run(struct set *e) { set_run(e); }
#else
yields int other(int n) {
  coro_sleep(1);
  coro_yield_now();
  return n + 1;
}
#endif
