// Waiting for several, limits and the clock, over executors and sanitizers: see
// matrix.h.
// RUN: %corocc %cflags -O0 %s -o %t && %t 20
// RUN: %corocc %cflags -O2 %s -o %t && %t 20
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined %s -o %t && %t 20
// RUN: %corocc %cflags -O1 -fsanitize=thread %s -o %t && %t 10
#include "matrix.h"

static void begin(void) {}
static void end(void) {}

static yields int give(int value, int times) {
  yield_times(times);
  return value;
}

static yields void joins(int n) {
  for (int i = 0; i < rounds; i++) {
    coro_task(give) a, b;
    coro_start(&a, give, 1, n);
    coro_start(&b, give, 2, i % 3);
    coro_join(&a, &b);
    CHECK(a.result == 1 && b.result == 2);
    coro_start(&a, give, 3, i % 2);
    CHECK(coro_wait(&a) == CORO_DONE && a.result == 3);
  }
}

static yields void races(int n) {
  for (int i = 0; i < rounds; i++) {
    coro_task(give) a, b;
    coro_start(&a, give, 1, n);
    coro_start(&b, give, 2, n + 3);
    CHECK(coro_race(&a, &b) == 0 && a.result == 1);
    coro_start(&a, give, 1, n + 3);
    coro_start(&b, give, 2, n);
    CHECK(coro_any(&a, &b) == 1 && b.result == 2);
    CHECK(coro_cancel(&a) == CORO_CANCELLED);
  }
}

static int cleaned[TASKS];
static void clean(int **at) { ++**at; }
static yields void sleep_and_clean(int n, uint64_t ns) {
  __attribute__((cleanup(clean))) int *at = &cleaned[n];
  CHECK(coro_sleep(ns) == 0);
}

static yields void limits(int n) {
  cleaned[n] = 0;
  for (int i = 0; i < rounds; i++) {
    coro_task(sleep_and_clean) sleeps;
    coro_start(&sleeps, sleep_and_clean, n, LONG);
    CHECK(!coro_timeout((uint64_t)i * CORO_MICROSECOND, &sleeps));
    CHECK(cleaned[n] == 2 * i + 1);
    coro_start(&sleeps, sleep_and_clean, n, CORO_MICROSECOND);
    CHECK(coro_timeout(LONG, &sleeps) && cleaned[n] == 2 * i + 2);
  }
}

static yields void sleeps(int n) {
  for (int i = 0; i < rounds; i++) {
    uint64_t before = coro_time(coro_self());
    CHECK(coro_sleep((uint64_t)n * CORO_MICROSECOND) == 0);
    uint64_t deadline = before + 20 * CORO_MICROSECOND;
    CHECK(coro_sleep_until(deadline) == 0);
    CHECK(coro_time(coro_self()) >= deadline);
  }
}

/* Each beat is a period after the last, however late the task was. */
static yields void beats(int n) {
  uint64_t period = (uint64_t)(n + 1) * 10 * CORO_MICROSECOND;
  coro_interval every = coro_interval_every(coro_self(), period);
  uint64_t begun = every.next;
  for (int i = 0; i < rounds; i++) {
    coro_interval_wait(&every);
    CHECK(every.next > begun && (every.next - begun) % period == 0);
    CHECK(coro_time(coro_self()) >= every.next - period);
  }
}

/* What sleeps is cancelled, and no timer stays. */
static yields void sleepers_are_cancelled(int n) {
  for (int i = 0; i < rounds; i++) {
    coro_task(coro_sleep) sleep;
    coro_task(coro_sleep_until) until;
    coro_task(yield_times) others;
    coro_start(&sleep, coro_sleep, LONG);
    coro_start(&until, coro_sleep_until, coro_now() + LONG);
    coro_start(&others, yield_times, (n + i) % 4);
    CHECK(coro_race(&sleep, &others, &until) == 1);
  }
}

static yields void shielded_sleep(int n) {
  coro_shield { coro_sleep(CORO_MICROSECOND); }
  cleaned[n]++;
  coro_event_wait(&first);
}
static yields void shields(int n) {
  cleaned[n] = 0;
  for (int i = 0; i < rounds; i++) {
    coro_task(shielded_sleep) sleeps;
    coro_task(yield_times) others;
    coro_start(&sleeps, shielded_sleep, n);
    coro_start(&others, yield_times, 1);
    CHECK(coro_race(&sleeps, &others) == 1 && cleaned[n] == i + 1);
  }
}

#define CASES(X)                                                               \
  X(joins, EVERYWHERE)                                                         \
  X(races, EVERYWHERE)                                                         \
  X(limits, EVERYWHERE)                                                        \
  X(sleeps, EVERYWHERE)                                                        \
  X(beats, EVERYWHERE)                                                         \
  X(sleepers_are_cancelled, EVERYWHERE) X(shields, EVERYWHERE)
#include "run.h"
