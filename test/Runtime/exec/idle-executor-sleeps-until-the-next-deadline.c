// Where all jobs wait, the executor blocks in the reactor, for as long as the
// next timer allows, once each time; where nothing can come it says so.
// RUN: %clang %cflags %s %rt -o %t && %t
#include "../check.h"

#include <coro/testing.h>

#include <coro/executor.h>
#include <coro/io.h>
#include <errno.h>

struct frame {
  int state;
  coro_fd_wait wait;
  coro_timer timer;
};

/* Sleeps 100, reads file 5, sleeps 1000, reads file 6. */
static coro_status poll_steps(void *frame, coro_context *cx) {
  struct frame *self = frame;
  switch (self->state++) {
  case 0:
    coro_timers_set(cx->timers, &self->timer, 100, cx->waker);
    return CORO_PENDING;
  case 1:
    self->wait =
        (coro_fd_wait){.waker = cx->waker, .fd = 5, .events = CORO_READABLE};
    CHECK(cx->reactor->ops->wait(cx->reactor, &self->wait) == 0);
    return CORO_PENDING;
  case 2:
    CHECK(self->wait.ready == CORO_READABLE);
    coro_timers_set(cx->timers, &self->timer, 1000, cx->waker);
    return CORO_PENDING;
  default:
    self->wait =
        (coro_fd_wait){.waker = cx->waker, .fd = 6, .events = CORO_WRITABLE};
    CHECK(cx->reactor->ops->wait(cx->reactor, &self->wait) == 0);
    return CORO_PENDING;
  }
}

static const coro_descriptor steps = BY_HAND(struct frame, poll_steps);

int main(void) {
  const coro_fake_event script[] = {{40, 9, CORO_READABLE},
                                    {300, 5, CORO_READABLE | CORO_WRITABLE}};
  static coro_fake fake;
  coro_fake_init(&fake, script, 2);
  coro_executor executor;
  coro_executor_init(&executor, &fake.reactor, &fake.timers);
  coro_job job;
  struct frame frame = {.state = 0};
  coro_executor_add(&executor, &job, (coro_any_task){&frame, &steps}, NULL);

  CHECK(coro_executor_run(&executor) == -EDEADLK);
  check_text(fake.log, "0 gather 100\n"
                       "40 ready 9 r\n"
                       "40 gather 60\n"
                       "100 wait 5 r\n"
                       "100 gather forever\n"
                       "300 ready 5 rw\n"
                       "300 deliver 5 r\n"
                       "300 gather 700\n"
                       "1000 wait 6 w\n"
                       "1000 gather forever\n"
                       "1000 stuck\n");
  CHECK(coro_executor_jobs(&executor) == 1);
  fake.reactor.ops->cancel(&fake.reactor, &frame.wait);
  coro_executor_fini(&executor);
}
