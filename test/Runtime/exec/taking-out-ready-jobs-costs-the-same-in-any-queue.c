// Of 200 000 ready jobs each is taken out, or cancelled at once, in O(1): from
// the first to the last, from the last to the first, and in no order. Where it
// costs the length of the queue this takes minutes.
// RUN: %clang %cflags -O1 %s %rt -o %t && %t
#include "../check.h"

#include <coro/executor.h>

enum { JOBS = 200000 };

static coro_job jobs[JOBS];
static unsigned order[JOBS];
static size_t told;

static coro_status never(void *frame, coro_context *cx) {
  (void)frame, (void)cx;
  abort();
}
static const coro_descriptor by_hand = BY_HAND(unsigned char, never);

static void on_done(coro_job *job, coro_status status) {
  (void)job;
  told += status == CORO_CANCELLED;
}

static void take_out_in_order(int (*take_out)(coro_job *job)) {
  static unsigned char frame;
  coro_executor executor;
  coro_executor_init(&executor, NULL, NULL);
  for (size_t i = 0; i < JOBS; i++)
    coro_executor_add(&executor, &jobs[i], (coro_any_task){&frame, &by_hand},
                      on_done);
  for (size_t i = 0; i < JOBS; i++)
    CHECK(take_out(&jobs[order[i]]) == 0);
  CHECK(coro_executor_jobs(&executor) == 0);
  CHECK(!coro_executor_step(&executor));
  coro_executor_fini(&executor);
}

static void take_out(void) {
  told = 0;
  take_out_in_order(coro_job_remove);
  CHECK(told == 0);
  take_out_in_order(coro_job_cancel_now);
  CHECK(told == JOBS);
}

int main(void) {
  for (unsigned i = 0; i < JOBS; i++)
    order[i] = i;
  take_out();
  for (unsigned i = 0; i < JOBS; i++)
    order[i] = JOBS - 1 - i;
  take_out();
  uint64_t seed = 1;
  for (unsigned i = JOBS - 1; i; i--) {
    unsigned other = (unsigned)(next_random(&seed) % (i + 1)), kept = order[i];
    order[i] = order[other];
    order[other] = kept;
  }
  take_out();
}
