// With no timers in the context a time-out blocks the thread, as coro_sleep
// does, and then looks at the task once more.
// RUN: %corocc %cflags -O2 %s -o %t && %t
#include "../check.h"

#include <coro/coro.h>

static yields int suspends(int n) {
  while (n--)
    coro_suspend();
  return 5;
}

static yields int run(void) {
  coro_task(suspends) task;
  coro_start(&task, suspends, 0);
  uint64_t start = coro_now();
  CHECK(coro_timeout(CORO_FOREVER, &task)); /* done at once: nobody blocks */
  coro_start(&task, suspends, 1);
  CHECK(coro_timeout(20 * CORO_MILLISECOND, &task) && task.result == 5);
  CHECK(coro_now() - start >= 20 * CORO_MILLISECOND);
  coro_start(&task, suspends, 2);
  CHECK(!coro_timeout(CORO_MILLISECOND, &task));
  return 0;
}

int main(void) { return coro_block_on(run); }
