#include "bench.h"
#include <coro/coro.h>
#include <stdlib.h>

static yields APART uint64_t leaf(uint64_t n) {
  coro_suspend();
  return n + bench_step;
}
static yields APART uint64_t middle(uint64_t n) {
  uint64_t kept = n ^ bench_step;
  return leaf(n) + kept;
}
static yields APART uint64_t work(uint64_t n) {
  uint64_t kept = n * bench_step;
  return middle(n) + kept;
}

uint64_t bench_run(uint64_t count) {
  uint64_t sum = 0;
  coro_context cx = CORO_CONTEXT_INIT;
#ifdef SETUP
  static coro_task(work) task;
  for (uint64_t i = 0; i < count; i++) {
    coro_start(&task, work, i);
    coro_any_task any = coro_erase(&task);
    any.frame = bench_opaque(any.frame);
    while (coro_poll_any(any, &cx) == CORO_PENDING)
      ;
    sum += task.result;
  }
#else
  coro_task(work) *all = malloc(count * sizeof(*all));
  for (uint64_t i = 0; i < count; i++) {
    coro_start(&all[i], work, i);
    sum += coro_poll(&all[i], &cx) == CORO_PENDING;
  }
  bench_opaque(all);
#endif
  return sum;
}
