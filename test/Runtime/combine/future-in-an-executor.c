// A future by hand as a job, beside compiled tasks; and on a thread of its own.
// RUN: %clang %cflags -fsanitize=address,undefined %s %rt_asan -o %t && %t
// RUN: %clang %cflags -x c++ -std=c++17 -fsyntax-only %s
#include "../check.h"

#include <coro/executor.h>
#include <coro/future.h>

struct ticks {
  coro_future future;
  const char *name;
  int left;
};

static coro_status poll_ticks(coro_future *self, coro_context *cx) {
  struct ticks *ticks = (struct ticks *)self;
  event(ticks->name);
  if (!ticks->left--)
    return CORO_DONE;
  coro_wake(cx->waker);
  return CORO_PENDING;
}

static void on_done(coro_job *job, coro_status status) {
  CHECK(status == CORO_DONE);
  event((const char *)job->user);
}

int main(void) {
  struct ticks a = {{poll_ticks, NULL}, "a", 1},
               b = {{poll_ticks, NULL}, "b", 2};
  coro_job jobs[2];
  coro_executor executor;
  coro_executor_init(&executor, NULL, NULL);
  jobs[0].user = (void *)"A";
  jobs[1].user = (void *)"B";
  coro_executor_add(&executor, &jobs[0], coro_erase_future(&a.future), on_done);
  coro_executor_add(&executor, &jobs[1], coro_erase_future(&b.future), on_done);
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);
  coro_executor_fini(&executor);
  struct ticks c = {{poll_ticks, NULL}, "c", 2};
  CHECK(coro_block_on_future(&c.future) == CORO_DONE);
  check_text(events, "a b a A b b B c c c");
}
