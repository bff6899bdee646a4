// The pool of the runtime, jobs in one array of the caller's.
#include "bench.h"
#include <coro/coro.h>
#include <stdlib.h>

static uint64_t sums[2]; // of each thread

static yields void work(coro_pool *pool, uint64_t n) {
  sums[coro_pool_here(pool)] += n ^ bench_step;
}

struct sent {
  coro_job job;
  coro_task(work) task;
};

static yields void send_all(coro_pool *pool, struct sent *all, uint64_t count) {
  for (uint64_t i = 0; i < count; i++) {
    coro_start(&all[i].task, work, pool, i);
    coro_pool_send(pool, &all[i].job, coro_erase(&all[i].task), 0);
  }
}

uint64_t bench_run(uint64_t count) {
  int error;
  coro_pool *pool = coro_pool_open(&(coro_pool_options){.workers = 2}, &error);
  struct sent *all = malloc(count * sizeof(*all));
  sums[0] = sums[1] = 0;
  coro_task(send_all) task;
  coro_start(&task, send_all, pool, all, count);
  coro_pool_run(pool, coro_erase(&task));
  coro_pool_wait(pool, CORO_FOREVER);
  coro_pool_close(pool);
  free(all);
  return sums[0] + sums[1];
}
