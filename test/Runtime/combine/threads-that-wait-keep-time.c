// What a thread waits for by itself has timers: sleeps, limits and time-outs
// end in time, whatever it is that does not end by itself, and also where the
// task never sleeps. The same where an executor was given no timers.
// RUN: %corocc %cflags -O0 %s -o %t0 && %t0
// RUN: %corocc %cflags -O2 %s -o %t && %t
// RUN: %coro %cflags -O1 -fsanitize=address,undefined %s %rt_asan -o %t.asan && %t.asan
#include "../check.h"

#include <coro/coro.h>
#include <unistd.h>

static const uint64_t SHORT = 20 * CORO_MILLISECOND, LONG = 60 * CORO_SECOND;

static coro_mutex held = CORO_MUTEX_INIT;
static coro_event unset = CORO_EVENT_INIT;

static yields void sleeps(void) { coro_sleep(LONG); }
static yields void naps(void) { coro_sleep(SHORT); }
static yields void suspends(void) {
  for (;;)
    coro_suspend();
}
static yields void yields_always(void) {
  for (;;)
    coro_yield_now();
}
static yields void reads(int file) {
  char byte;
  coro_read(file, &byte, 1);
}

static void check_since(uint64_t start) {
  uint64_t gone = coro_now() - start;
  CHECK(gone >= SHORT && gone < LONG / 2);
}

#define CHECK_OVER(f, ...)                                                     \
  {                                                                            \
    uint64_t start = coro_now();                                               \
    coro_task(f) task;                                                         \
    coro_start(&task, f __VA_OPT__(, ) __VA_ARGS__);                           \
    CHECK(!coro_timeout(SHORT, &task));                                        \
    check_since(start);                                                        \
  }

static yields void time_out(void) {
  int ends[2];
  CHECK(!pipe(ends));
  CHECK_OVER(sleeps);
  CHECK_OVER(suspends);
  CHECK_OVER(yields_always);
  CHECK_OVER(reads, ends[0]);
  close(ends[0]);
  close(ends[1]);
}

static yields void limits(void) {
  uint64_t start = coro_now();
  CHECK(coro_mutex_lock_for(&held, SHORT) == CORO_TIMED_OUT);
  check_since(start);
  start = coro_now();
  CHECK(coro_event_wait_for(&unset, SHORT) == CORO_TIMED_OUT);
  check_since(start);
}

static yields void times(void) {
  uint64_t start = coro_now();
  CHECK(coro_sleep(SHORT) == 0);
  check_since(start);
  coro_interval beats = coro_interval_every(coro_self(), SHORT);
  start = coro_now();
  CHECK(coro_interval_wait(&beats) >= 1);
  check_since(start - CORO_MILLISECOND); /* the beat began before */
}

static yields void arms_of_races(void) {
  uint64_t start = coro_now();
  coro_task(sleeps) slow;
  coro_task(naps) quick;
  coro_event_wait_op never;
  coro_start(&slow, sleeps);
  coro_start(&quick, naps);
  coro_event_wait_op_init(&never, &unset);
  CHECK(coro_race(&slow, &never, &quick) == 2);
  check_since(start);
}

/* A future whose poll sets a timer of its context. */
struct later {
  coro_future future;
  coro_timer timer;
  bool set;
};

static coro_status poll_later(coro_future *future, coro_context *cx) {
  struct later *self = (struct later *)future;
  if (!self->set)
    coro_timers_set(cx->timers, &self->timer, coro_now() + SHORT, cx->waker);
  self->set = true;
  return coro_timer_is_set(&self->timer) ? CORO_PENDING : CORO_DONE;
}

/* The thread is blocked by the file, and its task wakes itself in between. */
static yields void timer_ends_what_a_file_blocks(void) {
  int ends[2];
  CHECK(!pipe(ends));
  uint64_t start = coro_now();
  struct later later = {{poll_later, NULL}, CORO_TIMER_INIT, false};
  coro_task(reads) task;
  coro_start(&task, reads, ends[0]);
  CHECK(coro_race(&task, &later) == 1);
  check_since(start);
  close(ends[0]);
  close(ends[1]);
}

static yields int all(void) {
  CHECK(coro_self()->timers);
  time_out();
  limits();
  times();
  arms_of_races();
  timer_ends_what_a_file_blocks();
  return 1;
}

int main(void) {
  CHECK(coro_mutex_try_lock(&held));
  CHECK(coro_block_on(all) == 1);

  coro_executor executor;
  coro_executor_init(&executor, NULL, NULL);
  coro_task(all) task;
  coro_job job;
  coro_start(&task, all);
  coro_executor_add(&executor, &job, coro_erase(&task), NULL);
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED && task.result == 1);
  coro_executor_fini(&executor);

  uint64_t start = coro_now();
  struct later later = {{poll_later, NULL}, CORO_TIMER_INIT, false};
  CHECK(coro_block_on_future(&later.future) == CORO_DONE);
  check_since(start);
}
