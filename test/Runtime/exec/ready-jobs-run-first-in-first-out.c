// Jobs that yield run in turns, in the order in which they were added.
// RUN: %clang %cflags %s %rt -o %t && %t
#include "../check.h"

#include <coro/executor.h>

struct frame {
  const char *name;
  int polls;
};

static coro_status poll_thrice(void *frame, coro_context *cx) {
  struct frame *self = frame;
  event(self->name);
  if (++self->polls == 3)
    return CORO_DONE;
  coro_wake(cx->waker);
  return CORO_PENDING;
}

static const coro_descriptor thrice = BY_HAND(struct frame, poll_thrice);

int main(void) {
  coro_executor executor;
  coro_executor_init(&executor, NULL, NULL);
  struct frame frames[] = {{"a", 0}, {"b", 1}, {"c", 0}};
  coro_job jobs[3];
  for (int i = 0; i < 3; i++)
    coro_executor_add(&executor, &jobs[i], (coro_any_task){&frames[i], &thrice},
                      NULL);
  CHECK(coro_executor_jobs(&executor) == 3);
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);
  CHECK(coro_executor_jobs(&executor) == 0);
  check_text(events, "a b c a b c a c");
  coro_executor_fini(&executor);
}
