// What several threads and a signal handler record is written, and becomes JSON
// of whole polls, tasks that begin and end, and times that were spent. A thread
// without a ring, and a ring that is full, lose events, which are counted.
// RUN: %coro %cflags -DCORO_TRACE -O2 %s %rt_trace -o %t
// RUN: env CORO_TRACE_FILE=%t.trace %t environment
// RUN: %python %S/Inputs/check-trace.py %build/bin/coro-trace %t.trace
// RUN: %t calls > %t.small
// RUN: %python %S/Inputs/check-trace.py %build/bin/coro-trace %t.small lost
// RUN: %coro %cflags -DCORO_TRACE -O1 -fsanitize=thread %s %rt_tsan -o %t.tsan
// RUN: %t.tsan calls > %t.tsan.trace
// RUN: %python %S/Inputs/check-trace.py %build/bin/coro-trace %t.tsan.trace lost
#include "../check.h"

#include <coro/coro.h>
#include <coro/trace.h>
#include <signal.h>
#include <unistd.h>

enum { WORKERS = 3, TASKS = 40 };

yields static void busy(void) {
  for (int i = 0; i < 3; i++) {
    uint64_t until = coro_now() + 100 * CORO_MICROSECOND;
    while (coro_now() < until)
      ;
    coro_yield_now();
  }
}

yields static void sleepy(void) { coro_sleep(3 * CORO_MILLISECOND); }

/* Is woken by a signal handler. */
struct sleeper {
  uint32_t over; /* atomic */
  coro_waker waker;
};
static struct sleeper sleeper;

static void wake(int number) {
  (void)number;
  __atomic_store_n(&sleeper.over, 1, __ATOMIC_RELEASE);
  coro_wake(sleeper.waker);
}

static coro_status poll_sleeper(void *frame, coro_context *cx) {
  struct sleeper *self = frame;
  if (__atomic_load_n(&self->over, __ATOMIC_ACQUIRE))
    return CORO_DONE;
  self->waker = cx->waker;
  struct sigaction action = {.sa_handler = wake};
  CHECK(!sigaction(SIGALRM, &action, NULL));
  alarm(0);
  raise(SIGALRM);
  return CORO_PENDING;
}
static const coro_descriptor by_hand = BY_HAND(struct sleeper, poll_sleeper);

static void run(coro_pool *pool) {
  static coro_task(busy) busy_tasks[TASKS];
  static coro_task(sleepy) sleepy_tasks[TASKS];
  static coro_job jobs[2 * TASKS + 1];
  for (int i = 0; i < TASKS; i++) {
    coro_start(&busy_tasks[i], busy);
    coro_start(&sleepy_tasks[i], sleepy);
    CHECK(!coro_pool_send(pool, &jobs[2 * i], coro_erase(&busy_tasks[i]), 0));
    CHECK(!coro_pool_send(pool, &jobs[2 * i + 1], coro_erase(&sleepy_tasks[i]),
                          0));
  }
  CHECK(!coro_pool_send(pool, &jobs[2 * TASKS],
                        (coro_any_task){&sleeper, &by_hand}, 0));
  CHECK(!coro_pool_wait(pool, CORO_FOREVER));
}

int main(int argc, char **argv) {
  bool calls = argc > 1 && !strcmp(argv[1], "calls");
  int error;
  if (calls)
    CHECK(!coro_trace_begin(WORKERS - 1, 30));
  CHECK(coro_trace_begin(1, 1) == CORO_BUSY);
  coro_pool_options options = {.workers = WORKERS};
  coro_pool *pool = coro_pool_open(&options, &error);
  CHECK(pool);
  coro_trace_mark("begin");
  run(pool);
  coro_pool_close(pool);
  CHECK(!calls || !coro_trace_write(STDOUT_FILENO));
  CHECK(!calls || coro_trace_write(-1) == -9);
}
