// The barrier, over executors and sanitizers: see matrix.h.
// RUN: %corocc %cflags -O0 %s -o %t && %t 200
// RUN: %corocc %cflags -O2 %s -o %t && %t 1000
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined %s -o %t && %t 100
// RUN: %corocc %cflags -O1 -fsanitize=thread %s -o %t && %t 50
#include "matrix.h"

static coro_barrier barrier;
static int turns[TASKS]; /* each task its own; the barrier orders them */

static void begin(void) {
  barrier = FRESH_OF(coro_barrier, CORO_BARRIER, TASKS);
  memset(turns, 0, sizeof(turns));
}
static void end(void) { CHECK(barrier.waiting == 0 && !barrier.queue.first); }

/* Nobody is a turn ahead of one that has not come. */
static void look(int n) {
  for (int other = 0; other < TASKS; other++)
    CHECK(turns[other] == turns[n]);
}

static yields void waits(int n) {
  for (int i = 0; i < rounds / 4; i++) {
    turns[n]++;
    int last = coro_barrier_wait(&barrier);
    CHECK(last == 0 || last == 1);
    look(n);
    coro_barrier_wait(&barrier);
  }
}

static yields void the_last_tries(int n) {
  for (int i = 0; i < rounds / 4; i++) {
    turns[n]++;
    if (n == 0)
      while (!coro_barrier_try_wait(&barrier))
        coro_yield_now();
    else
      coro_barrier_wait(&barrier);
    look(n);
    coro_barrier_wait(&barrier);
  }
}

static yields void waits_in_time(int n) {
  for (int i = 0; i < rounds / 4; i++) {
    turns[n]++;
    CHECK(coro_barrier_wait_for(&barrier, LONG) >= 0);
    look(n);
    CHECK(coro_barrier_wait_for(&barrier, LONG) >= 0);
  }
}

/* One that gives up has not come. */
static yields void waits_too_long(int n) {
  if (n == 0)
    return;
  CHECK(coro_barrier_wait_for(&barrier, CORO_MICROSECOND) == CORO_TIMED_OUT);
  coro_barrier_wait_op op;
  coro_barrier_wait_op_init(&op, &barrier);
  CHECK(!coro_timeout(CORO_MICROSECOND, &op));
}

/* Three at most wait, and all are cancelled. */
static yields void wait_for_it(void) {
  coro_barrier_wait(&barrier);
  CHECK(!"one too few came");
}
static yields void is_cancelled_at_any_time(int n) {
  for (int i = 0; n && i < rounds; i++) {
    coro_task(wait_for_it) waits_for_it;
    coro_task(yield_times) others;
    coro_start(&waits_for_it, wait_for_it);
    coro_start(&others, yield_times, (i + n) % 5);
    CHECK(coro_race(&waits_for_it, &others) == 1);
  }
}

static yields void is_an_arm(int n) {
  turns[n]++;
  coro_barrier_wait_op op;
  coro_event_wait_op other;
  coro_barrier_wait_op_init(&op, &barrier);
  coro_event_wait_op_init(&other, &first);
  CHECK(coro_race(&other, &op) == 1);
  look(n);
}

#define CASES(X)                                                               \
  X(waits, EVERYWHERE)                                                         \
  X(the_last_tries, EVERYWHERE)                                                \
  X(waits_in_time, EVERYWHERE)                                                 \
  X(waits_too_long, EVERYWHERE)                                                \
  X(is_cancelled_at_any_time, EVERYWHERE) X(is_an_arm, EVERYWHERE)
#include "run.h"
