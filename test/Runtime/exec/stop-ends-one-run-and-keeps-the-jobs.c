// A stop asked for before, during, or after a run ends exactly one run, and the
// jobs go on in the next.
// RUN: %clang %cflags %s %rt -o %t && %t
#include "../check.h"

#include <coro/executor.h>

static int polls, stop_at;

static coro_status poll_endless(void *frame, coro_context *cx) {
  (void)frame;
  if (++polls == stop_at) {
    coro_executor_stop(cx->executor);
    coro_executor_stop(cx->executor);
  }
  coro_wake(cx->waker);
  return polls == 100 ? CORO_DONE : CORO_PENDING;
}

static const coro_descriptor endless = BY_HAND(int, poll_endless);

int main(void) {
  coro_executor executor;
  coro_executor_init(&executor, NULL, NULL);
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED); /* no jobs at all */

  coro_job job;
  coro_executor_add(&executor, &job, (coro_any_task){&polls, &endless}, NULL);
  coro_executor_stop(&executor);
  CHECK(coro_executor_run(&executor) == CORO_RUN_STOPPED);
  CHECK(polls == 0 && coro_executor_jobs(&executor) == 1);

  stop_at = 10;
  CHECK(coro_executor_run(&executor) == CORO_RUN_STOPPED);
  CHECK(polls == 10);

  stop_at = 100; /* in the poll that ends the last job: nothing is left */
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);
  CHECK(polls == 100);
}
