// Plain functions on helper threads, over executors and sanitizers: see
// matrix.h.
// RUN: %corocc %cflags -O0 %s -o %t && %t 50
// RUN: %corocc %cflags -O2 %s -o %t && %t 100
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined %s -o %t && %t 50
// RUN: %corocc %cflags -O1 -fsanitize=thread %s -o %t && %t 20
#include "matrix.h"

static int ran;
static void begin(void) { ran = 0; }
static void end(void) {
  coro_helpers_state now = coro_helpers_now(&helpers);
  CHECK(now.queued == 0 && now.waiting == 0);
}

/* What the task wrote, the function reads, and the other way round. */
static int twice(int *number) {
  ADD(ran, 1);
  *number *= 2;
  return *number;
}

static yields void calls(int n) {
  for (int i = 0; i < rounds; i++) {
    int number = i + n;
    CHECK(coro_offload(twice, &number) == 2 * (i + n));
    CHECK(number == 2 * (i + n));
  }
}

static yields void call(int *number) { coro_offload(twice, number); }

/* Once it is cancelled, nothing writes to the number any more. */
static yields void is_cancelled_at_any_time(int n) {
  for (int i = 0; i < rounds; i++) {
    int number = 1;
    coro_task(call) calls_it;
    coro_task(yield_times) others;
    coro_start(&calls_it, call, &number);
    coro_start(&others, yield_times, (i + n) % 4);
    coro_race(&calls_it, &others);
    CHECK(number == 1 || number == 2);
    number = 5;
    CHECK(number == 5);
  }
}

static yields void is_an_arm_with_a_limit(int n) {
  for (int i = 0; i < rounds; i++) {
    int number = 1;
    coro_task(call) calls_it;
    coro_start(&calls_it, call, &number);
    if (coro_timeout((i + n) % 3 ? LONG : CORO_MICROSECOND, &calls_it))
      CHECK(number == 2);
  }
}

struct job {
  coro_work work;
  int number;
};
static void run_job(coro_work *work) { ((struct job *)work)->number++; }

static yields void submits(int n) {
  for (int i = 0; i < rounds; i++) {
    struct job job = {.number = n};
    coro_work_init(&job.work, run_job);
    CHECK(coro_offload_work(&job.work) == 0 && job.number == n + 1);
    coro_work_init(&job.work, run_job);
    int status = coro_work_try(&job.work, coro_self()->offloader);
    CHECK(status == 0 || status == CORO_BUSY);
    if (status == 0) {
      CHECK(coro_wait(&job.work) == CORO_DONE && job.work.result == 0);
      CHECK(job.number == n + 2);
    }
  }
}

#define CASES(X)                                                               \
  X(calls, NEEDS_OFFLOADER)                                                    \
  X(submits, NEEDS_OFFLOADER)                                                  \
  X(is_cancelled_at_any_time, NEEDS_OFFLOADER)                                 \
  X(is_an_arm_with_a_limit, NEEDS_OFFLOADER)
#define ONLY_OPEN_EXECUTORS
#include "run.h"
