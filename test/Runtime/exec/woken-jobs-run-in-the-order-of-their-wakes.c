// A job that wakes others and itself runs after them.
// RUN: %clang %cflags %s %rt -o %t && %t
#include "../check.h"

#include <coro/executor.h>

enum { SLEEPERS = 3 };
static coro_waker wakers[SLEEPERS];
static int alarm_polls;

struct sleeper {
  int index, polls;
};

static coro_status poll_sleeper(void *frame, coro_context *cx) {
  struct sleeper *self = frame;
  static const char *const names[] = {"s0", "s1", "s2"};
  event(names[self->index]);
  wakers[self->index] = cx->waker;
  return ++self->polls == 2 ? CORO_DONE : CORO_PENDING;
}

static coro_status poll_alarm(void *frame, coro_context *cx) {
  (void)frame;
  event("alarm");
  if (alarm_polls++)
    return CORO_DONE;
  coro_wake(wakers[2]);
  coro_wake(cx->waker);
  coro_wake(wakers[0]);
  coro_wake(wakers[1]);
  return CORO_PENDING;
}

static const coro_descriptor sleeper = BY_HAND(struct sleeper, poll_sleeper);
static const coro_descriptor alarm_task = BY_HAND(int, poll_alarm);

int main(void) {
  coro_executor executor;
  coro_executor_init(&executor, NULL, NULL);
  struct sleeper sleepers[SLEEPERS];
  coro_job jobs[SLEEPERS + 1];
  for (int i = 0; i < SLEEPERS; i++) {
    sleepers[i] = (struct sleeper){i, 0};
    coro_executor_add(&executor, &jobs[i],
                      (coro_any_task){&sleepers[i], &sleeper}, NULL);
  }
  coro_executor_add(&executor, &jobs[SLEEPERS],
                    (coro_any_task){&alarm_polls, &alarm_task}, NULL);
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);
  check_text(events, "s0 s1 s2 alarm s2 s0 s1 alarm");
}
