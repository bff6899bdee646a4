// A function that is called on a worker's thread while the worker rests sends
// more than its ring has room for, with others in the shared list: each job
// runs once.
// RUN: %coro %cflags -O2 %s %rt -o %t && %t
// RUN: %coro %cflags -O1 -fsanitize=thread %s %rt_tsan -o %t.tsan && %t.tsan
#include "../check.h"

#include <coro/coro.h>
#include <coro/pool.h>
#include <time.h>

enum { JOBS = 600, ROUNDS = 5 };

static yields void nothing(void) {}

static coro_pool *pool;
static coro_call call;
static coro_job jobs[JOBS];
static coro_task(nothing) tasks[JOBS];
static int ended[JOBS], all, begun; /* atomic */

static void on_done(coro_job *job, coro_status status) {
  CHECK(status == CORO_DONE);
  __atomic_add_fetch(&ended[job - jobs], 1, __ATOMIC_RELAXED);
  __atomic_add_fetch(&all, 1, __ATOMIC_RELEASE);
}

static void send_all(coro_call *self) {
  (void)self;
  for (int i = 0; i < JOBS; i++) {
    coro_start(&tasks[i], nothing);
    CHECK(!coro_pool_send(pool, &jobs[i], coro_erase(&tasks[i]), on_done));
  }
}

static void begin(void *user, coro_executor *executor, uint32_t worker) {
  (void)user;
  if (worker == 0)
    coro_call_init(&call, executor, send_all);
  __atomic_store_n(&begun, 1, __ATOMIC_RELEASE);
}

static void pause_for(long ns) {
  nanosleep(&(struct timespec){.tv_nsec = ns}, NULL);
}

int main(void) {
  int error;
  pool = coro_pool_open(&(coro_pool_options){.workers = 1, .begin = begin},
                        &error);
  CHECK(pool);
  while (!__atomic_load_n(&begun, __ATOMIC_ACQUIRE))
    ;
  for (int round = 1; round <= ROUNDS; round++) {
    pause_for(10000000); /* it rests */
    coro_call_request(&call);
    while (__atomic_load_n(&all, __ATOMIC_ACQUIRE) < round * JOBS)
      pause_for(1000000);
    pause_for(1000000); /* for those that would run twice */
    for (int i = 0; i < JOBS; i++)
      CHECK(__atomic_load_n(&ended[i], __ATOMIC_RELAXED) == round);
  }
  coro_pool_close(pool);
}
