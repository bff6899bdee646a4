#include "bench.h"
#include <coro/coro.h>
#include <pthread.h>
#include <sched.h>

#ifdef SHARED
static coro_mutex mutex = CORO_MUTEX_SHARED_INIT;
#else
static coro_mutex mutex = CORO_MUTEX_INIT;
#endif
static uint64_t inside;

static yields void work(uint64_t count) {
  for (uint64_t i = 0; i < count; i++) {
    coro_mutex_lock(&mutex);
    inside++;
    coro_mutex_unlock(&mutex);
  }
}

#ifdef CONTENDED
static int here;

// Both begin at once, each on a processor of its own: else one is done before
// the other is there.
static void meet(void) {
  bench_pin(__atomic_fetch_add(&here, 1, __ATOMIC_ACQ_REL));
  while (__atomic_load_n(&here, __ATOMIC_ACQUIRE) < 2)
    sched_yield();
}
#endif

static void *run(void *count) {
#ifdef CONTENDED
  meet();
#endif
  coro_executor executor;
  coro_executor_init(&executor, 0, 0);
  coro_task(work) task;
  coro_job job;
  coro_start(&task, work, *(uint64_t *)count);
  coro_executor_add(&executor, &job, coro_erase(&task), 0);
  coro_executor_run(&executor);
  coro_executor_fini(&executor);
  return 0;
}

uint64_t bench_run(uint64_t count) {
  inside = 0;
#ifdef CONTENDED
  here = 0;
  uint64_t half = count / 2, rest = count - half;
  pthread_t thread;
  pthread_create(&thread, 0, run, &half);
  run(&rest);
  pthread_join(thread, 0);
#else
  run(&count);
#endif
  return inside;
}
