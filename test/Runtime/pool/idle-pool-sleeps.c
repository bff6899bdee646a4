// A pool with nothing to do has threads that sleep; so has one whose tasks
// all wait. Bursts of a few tasks with pauses between them are done at once: no
// wake is lost. What sleeps is woken by a timer too.
// RUN: %clang %cflags -O1 %s %rt -o %t && %t
// RUN: %clang %cflags -O1 -fsanitize=thread %s %rt_tsan -o %t.tsan && %t.tsan
#include "../check.h"

#include <coro/error.h>
#include <coro/pool.h>
#include <dirent.h>
#include <stdbool.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static coro_pool *pool;

/* Whether no other thread of this process runs or could. */
static bool all_sleep(void) {
  DIR *threads = opendir("/proc/self/task");
  CHECK(threads);
  bool sleep = true;
  for (struct dirent *entry; (entry = readdir(threads));) {
    char path[300], line[300], *state;
    snprintf(path, sizeof(path), "/proc/self/task/%s/stat", entry->d_name);
    int thread = atoi(entry->d_name); /* 0: "." and ".." */
    FILE *file = thread && thread != getpid() ? fopen(path, "r") : NULL;
    if (!file) /* also of one that has just ended */
      continue;
    CHECK(fgets(line, sizeof(line), file) && (state = strrchr(line, ')')));
    sleep = sleep && state[2] == 'S';
    fclose(file);
  }
  closedir(threads);
  return sleep;
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

/* However loaded the machine is, a thread that sleeps does not go to sleep
 * again and again, and one that spins does not sleep. */
static void sleep_without_work(void) {
  enum { SLEEPERS = 8 };
  CHECK(coro_pool_wait(pool, CORO_FOREVER) == 0);
  for (int tries = 0; !all_sleep(); tries++) {
    CHECK(tries < 20000);
    pause_for(CORO_MILLISECOND);
  }
  long slept = switches();
  pause_for(200 * CORO_MILLISECOND);
  CHECK(switches() - slept < 50);
  struct sleeper sleepers[SLEEPERS] = {0};
  uint64_t begun = coro_now();
  slept = switches();
  for (int i = 0; i < SLEEPERS; i++) {
    sleepers[i].ns = 200 * CORO_MILLISECOND;
    CHECK(!coro_pool_send(pool, &sleepers[i].job,
                          (coro_any_task){&sleepers[i], &sleeper}, NULL));
  }
  CHECK(coro_pool_wait(pool, 100 * CORO_MILLISECOND) == CORO_TIMED_OUT ||
        coro_now() - begun >= 200 * CORO_MILLISECOND);
  CHECK(coro_pool_wait(pool, CORO_FOREVER) == 0);
  CHECK(switches() - slept < 100);
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
