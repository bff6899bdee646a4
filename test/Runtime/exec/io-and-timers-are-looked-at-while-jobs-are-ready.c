// A job that is always ready does not keep another from its file or its timer:
// both are looked at after a bounded number of polls, without blocking.
// RUN: %clang %cflags %s %rt -o %t && %t
#include "../check.h"

#include <coro/testing.h>

#include <coro/executor.h>
#include <coro/io.h>

static bool file_came, timer_came;
static int busy_polls;
static coro_fake fake;

static coro_status poll_busy(void *frame, coro_context *cx) {
  (void)frame;
  busy_polls++;
  fake.now++;
  if (file_came && timer_came)
    return CORO_DONE;
  CHECK(busy_polls < 1000);
  coro_wake(cx->waker);
  return CORO_PENDING;
}

struct waiting {
  coro_fd_wait wait;
  coro_timer timer;
  bool begun;
};

static coro_status poll_waiting(void *frame, coro_context *cx) {
  struct waiting *self = frame;
  if (!self->begun) {
    self->begun = true;
    self->wait =
        (coro_fd_wait){.waker = cx->waker, .fd = 3, .events = CORO_READABLE};
    CHECK(cx->reactor->ops->wait(cx->reactor, &self->wait) == 0);
    coro_timers_set(cx->timers, &self->timer, 200, cx->waker);
  }
  file_came = self->wait.ready;
  timer_came = !coro_timer_is_set(&self->timer);
  return file_came && timer_came ? CORO_DONE : CORO_PENDING;
}

static const coro_descriptor busy = BY_HAND(int, poll_busy);
static const coro_descriptor waiting = BY_HAND(struct waiting, poll_waiting);

int main(void) {
  const coro_fake_event script[] = {{50, 3, CORO_READABLE}};
  coro_fake_init(&fake, script, 1);
  coro_executor executor;
  coro_executor_init(&executor, &fake.reactor, &fake.timers);
  coro_job jobs[2];
  struct waiting frame = {.begun = false};
  coro_executor_add(&executor, &jobs[0], (coro_any_task){&busy_polls, &busy},
                    NULL);
  coro_executor_add(&executor, &jobs[1], (coro_any_task){&frame, &waiting},
                    NULL);
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);
  CHECK(busy_polls >= 200 && busy_polls < 200 + 2 * 64);
  CHECK(strstr(fake.log, "deliver 3 r"));
  for (const char *at = fake.log; (at = strstr(at, "gather")); at++)
    CHECK(at[strlen("gather ")] == '0'); /* never blocked */
}
