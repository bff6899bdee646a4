// The condition, over executors and sanitizers: see matrix.h.
// RUN: %corocc %cflags -O0 %s -o %t && %t 200
// RUN: %corocc %cflags -O2 %s -o %t && %t 1000
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined %s -o %t && %t 100
// RUN: %corocc %cflags -O1 -fsanitize=thread %s -o %t && %t 50
#include "matrix.h"

static coro_mutex mutex;
static coro_condition changed;
static int turn, done; /* the mutex orders them */

static void begin(void) {
  mutex = FRESH(coro_mutex, CORO_MUTEX);
  changed = FRESH(coro_condition, CORO_CONDITION);
  turn = done = 0;
}
static void end(void) {
  CHECK(!changed.queue.first && coro_mutex_try_lock(&mutex));
  coro_mutex_unlock(&mutex);
}

static void leave(int *held) {
  CHECK(*held);
  coro_mutex_unlock(&mutex);
}

/* Each has its turn, in order. */
static yields void waits(int n) {
  for (int i = 0; i < rounds / 4; i++) {
    coro_mutex_lock(&mutex);
    while (turn % TASKS != n)
      coro_condition_wait(&changed, &mutex);
    turn++;
    coro_condition_notify_all(&changed);
    coro_mutex_unlock(&mutex);
  }
}

static yields void waits_in_time(int n) {
  for (int i = 0; i < rounds / 4; i++) {
    coro_mutex_lock(&mutex);
    while (turn % TASKS != n)
      CHECK(coro_condition_wait_for(&changed, &mutex, LONG) == 0);
    turn++;
    coro_condition_notify_all(&changed);
    coro_mutex_unlock(&mutex);
  }
}

/* When time is over it has the mutex, as ever. */
static yields void waits_too_long(int n) {
  coro_mutex_lock(&mutex);
  __attribute__((cleanup(leave))) int held = 1;
  CHECK(coro_condition_wait_for(&changed, &mutex, n * CORO_MICROSECOND) ==
        CORO_TIMED_OUT);
  turn++;
}

/* One notification for each of those that stay, whoever is cancelled. */
static yields void take_one(void) {
  coro_mutex_lock(&mutex);
  __attribute__((cleanup(leave))) int held = 1;
  while (turn == 0)
    coro_condition_wait(&changed, &mutex);
  turn--;
  done++;
}
static yields void is_cancelled_at_any_time(int n) {
  for (int i = 0; n && i < rounds; i++) {
    coro_task(take_one) takes;
    coro_task(yield_times) others;
    coro_start(&takes, take_one);
    coro_start(&others, yield_times, (i + n) % 5);
    coro_race(&takes, &others);
  }
  for (int i = 0; n == 0 && i < rounds; i++) {
    coro_mutex_lock(&mutex);
    turn++;
    coro_condition_notify(&changed);
    coro_mutex_unlock(&mutex);
    coro_yield_now();
  }
  if (ADD(arrived, 1) < TASKS)
    return;
  coro_mutex_lock(&mutex);
  CHECK(turn + done == rounds);
  coro_mutex_unlock(&mutex);
}

static yields int turn_of(void) {
  coro_mutex_lock(&mutex);
  __attribute__((cleanup(leave))) int held = 1;
  return turn;
}
static yields void is_an_arm(int n) {
  coro_mutex_lock(&mutex);
  if (n == 0) {
    coro_mutex_unlock(&mutex);
    while (turn_of() < TASKS - 1)
      coro_yield_now();
    coro_mutex_lock(&mutex);
    coro_condition_notify_all(&changed);
    coro_mutex_unlock(&mutex);
    return;
  }
  turn++;
  coro_condition_wait_op op;
  coro_event_wait_op other;
  coro_condition_wait_op_init(&op, &changed, &mutex);
  coro_event_wait_op_init(&other, &first);
  CHECK(coro_race(&op, &other) == 0);
  CHECK(turn == TASKS - 1);
  coro_mutex_unlock(&mutex);
}

#define CASES(X)                                                               \
  X(waits, EVERYWHERE)                                                         \
  X(waits_in_time, EVERYWHERE)                                                 \
  X(waits_too_long, EVERYWHERE)                                                \
  X(is_cancelled_at_any_time, EVERYWHERE) X(is_an_arm, EVERYWHERE)
#include "run.h"
