/* What the tests of synchronisation share: tasks of one executor with a
 * scripted clock, started, cancelled and run until all of them wait. */
#ifndef CORO_TEST_SYNC_TASKS_H
#define CORO_TEST_SYNC_TASKS_H

#include "../check.h"

#include <coro/coro.h>
#include <coro/testing.h>

static coro_fake fake;
static coro_executor executor;

static void open_executor(void) {
  *events = 0;
  coro_fake_init(&fake, NULL, 0);
  coro_executor_init(&executor, &fake.reactor, &fake.timers);
}

/* Until nobody is ready. Time stands still. */
static void run_ready(void) {
  while (coro_executor_step(&executor))
    ;
}

/* Until all have ended; time goes by. What happened is in the log. */
static void close_executor(const char *expected) {
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);
  CHECK(!fake.timers.first);
  coro_executor_fini(&executor);
  check_text(events, expected);
}

static void log_end(coro_job *job, coro_status status) {
  if (status == CORO_CANCELLED)
    event(job->user);
}

/* Starts a task with storage of its own, and runs it until it waits: its job.
 * The name is logged if it is cancelled. */
#define BEGIN(name, f, ...)                                                    \
  ({                                                                           \
    static coro_task(f) task;                                                  \
    static coro_job job;                                                       \
    coro_start(&task, f, __VA_ARGS__);                                         \
    job.user = (name);                                                         \
    coro_executor_add(&executor, &job, coro_erase(&task), log_end);            \
    run_ready();                                                               \
    &job;                                                                      \
  })

#endif
