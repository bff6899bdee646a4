// Waking a waiting job twice polls it once; waking it while it runs polls it
// again; waking it while it is queued, or when it is done, changes nothing.
// RUN: %clang %cflags %s %rt -o %t && %t
#include "../check.h"

#include <coro/executor.h>

struct frame {
  int polls;
  int wakes; /* during the next poll */
  bool done;
  coro_waker waker;
};

static coro_status poll_counting(void *frame, coro_context *cx) {
  struct frame *self = frame;
  self->polls++;
  self->waker = cx->waker;
  for (; self->wakes; self->wakes--)
    coro_wake(cx->waker);
  return self->done ? CORO_DONE : CORO_PENDING;
}

static const coro_descriptor counting = BY_HAND(struct frame, poll_counting);

int main(void) {
  coro_executor executor;
  coro_executor_init(&executor, NULL, NULL);
  struct frame frame = {0, 0, false, {0, 0}};
  coro_job job;
  coro_executor_add(&executor, &job, (coro_any_task){&frame, &counting}, NULL);

  CHECK(coro_executor_step(&executor) && frame.polls == 1);
  CHECK(!coro_executor_step(&executor) && frame.polls == 1);

  coro_wake(frame.waker); /* waiting, then queued */
  coro_wake(frame.waker);
  CHECK(coro_executor_step(&executor) && frame.polls == 2);
  CHECK(!coro_executor_step(&executor));

  frame.wakes = 3; /* running */
  coro_wake(frame.waker);
  CHECK(coro_executor_step(&executor) && frame.polls == 3);
  CHECK(coro_executor_step(&executor) && frame.polls == 4);
  CHECK(!coro_executor_step(&executor));

  frame.done = true; /* woken in the poll that ends it, and afterwards */
  frame.wakes = 1;
  coro_wake(frame.waker);
  CHECK(coro_executor_step(&executor) && frame.polls == 5);
  coro_wake(frame.waker);
  coro_wake(frame.waker);
  CHECK(!coro_executor_step(&executor) && frame.polls == 5);
  CHECK(coro_executor_jobs(&executor) == 0);
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);
}
