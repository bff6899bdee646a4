// The event, over executors and sanitizers: see matrix.h.
// RUN: %corocc %cflags -O0 %s -o %t && %t 200
// RUN: %corocc %cflags -O2 %s -o %t && %t 1000
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined %s -o %t && %t 100
// RUN: %corocc %cflags -O1 -fsanitize=thread %s -o %t && %t 50
#include "matrix.h"

static coro_event event_;
static int before; /* the event orders it */

static void begin(void) {
  event_ = FRESH(coro_event, CORO_EVENT);
  before = 0;
}
static void end(void) { CHECK(!event_.queue.first); }

static yields void set_late(void) {
  yield_times(3);
  before = 1;
  coro_event_set(&event_);
}

static yields void waits(int n) {
  if (n == 0)
    set_late();
  else
    coro_event_wait(&event_);
  CHECK(coro_event_is_set(&event_) && before == 1);
}

static yields void polls(int n) {
  if (n == 0)
    set_late();
  while (!coro_event_is_set(&event_))
    coro_yield_now();
  CHECK(before == 1);
}

static yields void waits_in_time(int n) {
  if (n == 0)
    set_late();
  else
    CHECK(coro_event_wait_for(&event_, LONG) == 0);
  CHECK(before == 1);
}

static yields void waits_too_long(int n) {
  CHECK(coro_event_wait_for(&event_, n * CORO_MICROSECOND) == CORO_TIMED_OUT);
  coro_event_wait_op op;
  coro_event_wait_op_init(&op, &event_);
  CHECK(!coro_timeout(CORO_MICROSECOND, &op));
}

/* Some are let go and some are cancelled, while it is set. */
static yields void wait_for_it(void) {
  coro_event_wait(&event_);
  CHECK(before == 1);
}
static yields void is_cancelled_at_any_time(int n) {
  if (n == 0) {
    set_late();
    return;
  }
  for (int i = 0; i < 8; i++) {
    coro_task(wait_for_it) waits_for_it;
    coro_task(yield_times) others;
    coro_start(&waits_for_it, wait_for_it);
    coro_start(&others, yield_times, i % 5);
    coro_race(&waits_for_it, &others);
  }
}

static yields void is_an_arm(int n) {
  if (n == 0) {
    set_late();
    return;
  }
  coro_event_wait_op op, other;
  coro_event never = FRESH(coro_event, CORO_EVENT);
  coro_event_wait_op_init(&op, &event_);
  coro_event_wait_op_init(&other, &never);
  CHECK(coro_race(&other, &op) == 1 && before == 1);
  CHECK(!never.queue.first);
}

/* None is let go by a set that was before it was reset. */
static yields void is_reset(int n) {
  if (n)
    return;
  coro_event_set(&event_);
  coro_event_wait(&event_);
  coro_event_reset(&event_);
  CHECK(coro_event_wait_for(&event_, 0) == CORO_TIMED_OUT);
}

#define CASES(X)                                                               \
  X(waits, EVERYWHERE)                                                         \
  X(polls, EVERYWHERE)                                                         \
  X(waits_in_time, EVERYWHERE)                                                 \
  X(waits_too_long, EVERYWHERE)                                                \
  X(is_cancelled_at_any_time, EVERYWHERE)                                      \
  X(is_an_arm, EVERYWHERE) X(is_reset, EVERYWHERE)
#include "run.h"
