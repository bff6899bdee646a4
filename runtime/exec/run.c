/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* How long an executor polls and when it sleeps; see executor.c for how. */
#include "jobs.h"

#include <coro/time.h>

int coro_executor_sleep(coro_executor *executor, uint64_t ns) {
  coro_timers *timers = executor->context.timers;
  uint64_t until = timers ? coro_timers_until(timers) : CORO_FOREVER;
  int error = coro_executor_look(executor, until < ns ? until : ns);
  coro_executor_take_woken(executor);
  return error;
}

/* Polls what is ready, or sleeps for ns nanoseconds at most. 0 or -errno. */
static int turn(coro_executor *executor, uint32_t most, uint64_t ns) {
  if (coro_executor_poll_ready(executor, most) || executor->stopping)
    return 0;
  return coro_executor_sleep(executor, ns);
}

bool coro_executor_step(coro_executor *executor) {
  if (coro_executor_poll_ready(executor, 1))
    return true;
  coro_executor_look(executor, 0);
  return coro_executor_poll_ready(executor, 1);
}

int coro_executor_run(coro_executor *executor) {
  int error = coro_executor_check(executor);
  coro_executor_take_woken(executor); /* a stop from before the run */
  while (executor->jobs && !executor->stopping && !error)
    error = turn(executor, UINT32_MAX, CORO_FOREVER);
  bool stopped = executor->stopping && executor->jobs;
  executor->stopping = false;
  if (error)
    return error;
  return stopped ? CORO_RUN_STOPPED : CORO_RUN_FINISHED;
}

long coro_executor_shutdown(coro_executor *executor, uint64_t ns) {
  uint64_t begin = coro_time(&executor->context);
  int error = 0;
  executor->ending = true; /* what is added from now on is cancelled, too */
  coro_executor_cancel_all(executor);
  /* However little time there is, each that can has a turn to end. */
  for (size_t turns = executor->jobs; turns; turns--)
    if (!coro_executor_poll_ready(executor, 1))
      break;
  while (executor->jobs && !error) {
    uint64_t gone = coro_time(&executor->context) - begin;
    if (gone >= ns)
      break;
    error = turn(executor, 1, ns == CORO_FOREVER ? ns : ns - gone);
    executor->stopping = false;
  }
  executor->ending = false;
  return error ? error : (long)executor->jobs;
}

void coro_executor_stop(coro_executor *executor) {
  coro_run_wake(&executor->stopper);
}
