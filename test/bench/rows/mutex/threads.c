#include "bench.h"
#include <pthread.h>
#include <sched.h>
#include <unistd.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static uint64_t inside;

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

static void *idle(void *nothing) {
  pause();
  return nothing;
}

// In a process of one thread glibc's mutex is a plain variable.
__attribute__((constructor)) static void be_several(void) {
  pthread_t thread;
  pthread_create(&thread, 0, idle, 0);
  pthread_detach(thread);
}

static void *run(void *count) {
#ifdef CONTENDED
  meet();
#endif
  for (uint64_t i = 0; i < *(uint64_t *)count; i++) {
    pthread_mutex_lock(&mutex);
    inside++;
    pthread_mutex_unlock(&mutex);
  }
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
