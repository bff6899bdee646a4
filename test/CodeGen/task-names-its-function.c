// RUN: %coro -O0 -S -emit-llvm %s -o - | %filecheck %s
// RUN: %coro -O2 -c %s -o %t.o
// The type of a task is enough to find its code, if nothing else in the file
// names the function; one that is static is then compiled.
#include <coro/coro.h>

yields char elsewhere(void) coro_frame(48);
static yields int here(void) {
  coro_suspend();
  return 1;
}
static yields int erased(void) {
  coro_suspend();
  return 2;
}
static yields int waited_for(void) {
  coro_suspend();
  return 3;
}

// CHECK-DAG: @erased.coro = internal constant {{.*}}@erased.poll
// CHECK-DAG: define internal {{.*}}i32 @here.poll(
// CHECK-DAG: define internal {{.*}}i32 @erased.poll(
// CHECK-DAG: define internal {{.*}}i32 @waited_for.poll(
// CHECK-DAG: declare {{.*}}i32 @elsewhere.poll(
coro_status step(coro_task(elsewhere) *a, coro_task(here) *b, coro_context *cx);
coro_status step(coro_task(elsewhere) *a, coro_task(here) *b,
                 coro_context *cx) {
  coro_status list[] = {coro_poll(a, cx), coro_poll(b, cx)};
  return list[0] + list[1];
}
coro_any_task any(coro_task(erased) *task);
coro_any_task any(coro_task(erased) *task) { return coro_erase(task); }
yields int waits(coro_task(waited_for) *task);
yields int waits(coro_task(waited_for) *task) { return coro_wait(task); }
