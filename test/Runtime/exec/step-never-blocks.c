// coro_executor_step looks at I/O and timers when nothing is ready, with no
// time-out, so that a program with a main loop of its own can embed it.
// RUN: %clang %cflags %s %rt -o %t && %t
#include "../check.h"

#include <coro/testing.h>

#include <coro/executor.h>

static coro_status poll_sleeping(void *frame, coro_context *cx) {
  coro_timer *timer = frame;
  if (timer->deadline)
    return CORO_DONE;
  coro_timers_set(cx->timers, timer, 10, cx->waker);
  return CORO_PENDING;
}

static const coro_descriptor sleeping = BY_HAND(coro_timer, poll_sleeping);

int main(void) {
  static coro_fake fake;
  coro_fake_init(&fake, NULL, 0);
  coro_executor executor;
  coro_executor_init(&executor, &fake.reactor, &fake.timers);
  coro_timer timer = CORO_TIMER_INIT;
  coro_job job;
  coro_executor_add(&executor, &job, (coro_any_task){&timer, &sleeping}, NULL);
  CHECK(coro_executor_step(&executor));
  CHECK(!coro_executor_step(&executor));
  CHECK(!coro_executor_step(&executor));
  fake.now = 10;
  CHECK(coro_executor_step(&executor)); /* the timer fires and its job runs */
  CHECK(!coro_executor_step(&executor));
  CHECK(coro_executor_jobs(&executor) == 0);
  check_text(fake.log, "0 gather 0\n0 gather 0\n10 gather 0\n10 gather 0\n");
}
