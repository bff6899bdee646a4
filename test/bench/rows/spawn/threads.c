// 100 threads at once.
#include "bench.h"
#include <pthread.h>
#include <sched.h>

enum { AT_ONCE = 100 };

static uint64_t results[AT_ONCE];

static void *work(void *argument) {
  uint64_t *n = argument;
  uint64_t kept = *n ^ bench_step;
  sched_yield();
  *n = kept;
  return 0;
}

uint64_t bench_run(uint64_t count) {
  uint64_t sum = 0;
  for (uint64_t begin = 0; begin < count; begin += AT_ONCE) {
    pthread_t threads[AT_ONCE];
    uint64_t n = count - begin < AT_ONCE ? count - begin : AT_ONCE;
    for (uint64_t i = 0; i < n; i++) {
      results[i] = begin + i;
      pthread_create(&threads[i], 0, work, &results[i]);
    }
    for (uint64_t i = 0; i < n; i++) {
      pthread_join(threads[i], 0);
      sum += results[i];
    }
  }
  return sum;
}
