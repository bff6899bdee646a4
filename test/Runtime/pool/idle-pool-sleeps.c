// A pool with nothing to do uses no processor time; nor does one whose tasks
// all wait. Bursts of a few tasks with pauses between them are done at once: no
// wake is lost. What sleeps is woken by a timer too.
// RUN: %clang %cflags -O1 %s %rt -o %t && %t
// RUN: %clang %cflags -O1 -fsanitize=thread %s %rt_tsan -o %t.tsan && %t.tsan
#include "../check.h"

#include <coro/error.h>
#include <coro/pool.h>
#include <sys/resource.h>
#include <time.h>

static coro_pool *pool;

static uint64_t cpu_time(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  struct timeval user = usage.ru_utime, kernel = usage.ru_stime;
  return (uint64_t)(user.tv_sec + kernel.tv_sec) * CORO_SECOND +
         (uint64_t)(user.tv_usec + kernel.tv_usec) * CORO_MICROSECOND;
}

/* How many times the process's threads went to sleep. */
static long switches(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_nvcsw;
}

static void pause_for(uint64_t ns) {
  nanosleep(&(struct timespec){0, (long)ns}, NULL);
}

struct sleeper {
  coro_job job;
  coro_timer timer;
  uint64_t ns;
  int polls;
};

static coro_status poll_sleeper(void *frame, coro_context *cx) {
  struct sleeper *self = frame;
  if (self->polls++)
    return CORO_DONE;
  coro_timers_set(cx->timers, &self->timer, coro_now() + self->ns, cx->waker);
  return CORO_PENDING;
}
static const coro_descriptor sleeper = BY_HAND(struct sleeper, poll_sleeper);

static coro_status poll_empty(void *frame, coro_context *cx) {
  (void)frame, (void)cx;
  return CORO_DONE;
}
static const coro_descriptor empty = BY_HAND(char, poll_empty);

static void sleep_without_work(void) {
  enum { SLEEPERS = 8 };
  CHECK(coro_pool_wait(pool, CORO_FOREVER) == 0);
  uint64_t before = cpu_time();
  long slept = switches();
  pause_for(200 * CORO_MILLISECOND);
  CHECK(cpu_time() - before < 20 * CORO_MILLISECOND && switches() - slept < 50);
  struct sleeper sleepers[SLEEPERS] = {0};
  for (int i = 0; i < SLEEPERS; i++) {
    sleepers[i].ns = 200 * CORO_MILLISECOND;
    CHECK(!coro_pool_send(pool, &sleepers[i].job,
                          (coro_any_task){&sleepers[i], &sleeper}, NULL));
  }
  before = cpu_time();
  CHECK(coro_pool_wait(pool, 100 * CORO_MILLISECOND) == CORO_TIMED_OUT);
  CHECK(coro_pool_wait(pool, CORO_FOREVER) == 0);
  CHECK(cpu_time() - before < 20 * CORO_MILLISECOND);
  for (int i = 0; i < SLEEPERS; i++)
    CHECK(sleepers[i].polls == 2);
}

/* A lost wake would never end. */
static void run_bursts(int bursts) {
  enum { BURST = 3 };
  uint64_t random = 7;
  for (int i = 0; i < bursts; i++) {
    coro_job jobs[BURST];
    for (int j = 0; j < BURST; j++)
      CHECK(
          !coro_pool_send(pool, &jobs[j], (coro_any_task){NULL, &empty}, NULL));
    CHECK(coro_pool_wait(pool, 10 * CORO_SECOND) == 0);
    for (uint64_t spin = next_random(&random) % 2000; spin; spin--)
      __asm__ volatile("" ::: "memory");
  }
}

int main(void) {
  for (uint32_t io = 0; io < 2; io++)
    for (uint32_t workers = 1; workers <= 4; workers += 3) {
      int error;
      coro_pool_options options = {.workers = workers, .io = io};
      pool = coro_pool_open(&options, &error);
      CHECK(pool);
      run_bursts(3000);
      sleep_without_work();
      coro_pool_close(pool);
    }
}
