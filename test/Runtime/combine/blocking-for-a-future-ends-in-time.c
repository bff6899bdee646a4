// A thread that waits for a future for a limited time: done in time, done when
// time is over, cancelled then, and cancelled so that it takes a while. One
// that wakes itself all the time is stopped in time, too.
// RUN: %clang %cflags -fsanitize=address,undefined %s %rt_asan -o %t && %t
#include "../check.h"

#include <coro/future.h>
#include <coro/time.h>
#include <stdbool.h>

#define SHORT (5 * CORO_MILLISECOND)

struct job {
  coro_future future;
  int polls, done_at; /* the poll that ends it */
  int cancels, gone_at;
  bool wakes, local;
};

static coro_status poll_job(coro_future *future, coro_context *cx) {
  struct job *job = (struct job *)future;
  if (++job->polls == job->done_at)
    return CORO_DONE;
  CHECK(job->polls < 100 * 1000 * 1000);
  if (job->wakes)
    (job->local ? coro_wake_local : coro_wake)(cx->waker);
  return CORO_PENDING;
}

static coro_status cancel_job(coro_future *future, coro_context *cx) {
  struct job *job = (struct job *)future;
  CHECK(cx->cancelling);
  if (++job->cancels == job->gone_at)
    return CORO_CANCELLED;
  coro_wake_local(cx->waker);
  return CORO_PENDING;
}

static struct job job(int done_at, bool wakes) {
  return (struct job){.future = {poll_job, cancel_job},
                      .done_at = done_at,
                      .gone_at = 3,
                      .wakes = wakes};
}

static coro_status is_cancelled(coro_future *future, coro_context *cx) {
  (void)future;
  (void)cx;
  return CORO_CANCELLED;
}

int main(void) {
  struct job at_once = job(1, false), later = job(9, true);
  CHECK(coro_block_on_future_for(&at_once.future, 0) == CORO_DONE);
  CHECK(coro_block_on_future_for(&later.future, CORO_FOREVER) == CORO_DONE);
  CHECK(at_once.polls == 1 && later.polls == 9);

  /* Nobody wakes it; it is looked at once more. */
  uint64_t begin = coro_now();
  struct job last = job(2, false), never = job(0, false);
  CHECK(coro_block_on_future_for(&last.future, SHORT) == CORO_DONE);
  CHECK(coro_now() - begin >= SHORT && !last.cancels);
  CHECK(coro_block_on_future_for(&never.future, SHORT) == CORO_CANCELLED);
  CHECK(coro_now() - begin >= 2 * SHORT);
  CHECK(never.polls == 2 && never.cancels == 3);

  /* The thread never sleeps. */
  begin = coro_now();
  struct job busy = job(0, true);
  CHECK(coro_block_on_future_for(&busy.future, SHORT) == CORO_CANCELLED);
  CHECK(coro_now() - begin >= SHORT && busy.cancels == 3);
  struct job here = job(0, true);
  here.local = true;
  CHECK(coro_block_on_future_for(&here.future, SHORT) == CORO_CANCELLED);

  struct job simple = job(0, false);
  simple.future.cancel = NULL;
  CHECK(coro_block_on_future_for(&simple.future, 1) == CORO_CANCELLED);

  /* The status alone does not tell. */
  coro_future ended = {is_cancelled, NULL};
  CHECK(coro_block_on_future_for(&ended, SHORT) == CORO_CANCELLED);
  CHECK(coro_future_in_time(&ended, SHORT));
  CHECK(!coro_future_in_time(&simple.future, 1));
}
