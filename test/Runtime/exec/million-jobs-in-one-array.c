// A million jobs, each polled three times, in storage of the caller's choice.
// RUN: %clang %cflags -O2 %s %rt -o %t && %t
#include "../check.h"

#include <coro/executor.h>

enum { JOBS = 1000000 };

struct slot {
  coro_job job;
  unsigned char polls;
};

static size_t done;

static coro_status poll_thrice(void *frame, coro_context *cx) {
  unsigned char *polls = frame;
  if (++*polls == 3)
    return CORO_DONE;
  coro_wake(cx->waker);
  return CORO_PENDING;
}

static void count(coro_job *job, coro_status status) {
  (void)job;
  done += status == CORO_DONE;
}

static const coro_descriptor thrice = BY_HAND(unsigned char, poll_thrice);

int main(void) {
  struct slot *slots = calloc(JOBS, sizeof(*slots));
  if (!slots)
    SKIP("not enough memory");
  coro_executor executor;
  coro_executor_init(&executor, NULL, NULL);
  for (size_t i = 0; i < JOBS; i++)
    coro_executor_add(&executor, &slots[i].job,
                      (coro_any_task){&slots[i].polls, &thrice}, count);
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);
  CHECK(done == JOBS);
  free(slots);
}
