// Jobs of the runtime's executor, in one array of the caller's.
#include "bench.h"
#include <coro/coro.h>
#include <stdlib.h>

static uint64_t sum;

static yields void work(uint64_t n) {
  uint64_t kept = n ^ bench_step;
  coro_yield_now();
  sum += kept;
}

struct spawned {
  coro_job job;
  coro_task(work) task;
};

uint64_t bench_run(uint64_t count) {
  coro_executor executor;
  coro_executor_init(&executor, 0, 0);
  struct spawned *all = malloc(count * sizeof(*all));
  sum = 0;
  for (uint64_t i = 0; i < count; i++) {
    coro_start(&all[i].task, work, i);
    coro_executor_add(&executor, &all[i].job, coro_erase(&all[i].task), 0);
  }
  coro_executor_run(&executor);
  coro_executor_fini(&executor);
  free(all);
  return sum;
}
