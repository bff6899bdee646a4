#include "bench.h"
#include <pthread.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static uint64_t inside;

static void *run(void *count) {
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
