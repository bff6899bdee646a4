// RUN: %not %clang -fsyntax-only %s 2>&1 | %filecheck %s
// RUN: %not %clang -fsyntax-only -Wno-everything -Wno-error %s 2>&1 | %filecheck %s
// RUN: %not %clang -fsyntax-only -isystem %root/include %s 2>&1 | %filecheck %s
// Without the plugin the header says which flag is missing, and no more.
#include <coro/coro.h>
// CHECK: error: "coro's plugin is not loaded: add -fplugin=libcoro.so to
// CHECK-NOT: error:
// CHECK-NOT: warning:

static yields int wait_for(int n) coro_frame(64);
static yields int wait_for(int n) {
  coro_suspend();
  return n + coro_sleep(1);
}
yields int (*pointer)(int) coro_frame(64) = wait_for;

yields_of(int) resumes_with(int) void numbers(int n) {
  int received;
  coro_yield_receive(n, &received);
  coro_yield(received);
}

int main(void) {
  coro_for(int x, numbers, 3)
      coro_block_on(wait_for, x);
  coro_task(numbers) generator;
  coro_start(&generator, numbers, 1);
  coro_next(&generator);
  coro_send(&generator, 2);
  coro_task(wait_for) task;
  coro_start(&task, wait_for, 1);
  coro_context cx = CORO_CONTEXT_INIT;
  while (coro_poll(&task, &cx) == CORO_PENDING)
    continue;
  coro_any_task any = coro_erase(&task);
  return task.result + coro_poll_any(any, &cx) + coro_block_on(wait_for, pointer != 0);
}
