// The pool of the runtime, jobs in one array of the caller's.
#include "bench.h"
#include <coro/coro.h>
#include <stdlib.h>

static uint64_t sums[2]; // of each thread

static void work(coro_pool *pool, uint64_t n) {
  sums[coro_pool_here(pool)] += n ^ bench_step;
}

#ifdef TREE

struct sent;
static yields void one(coro_pool *pool, struct sent *all, uint64_t n,
                       uint64_t count) coro_frame(48);
struct sent {
  coro_job job;
  coro_task(one) task;
};

static void send_one(coro_pool *pool, struct sent *all, uint64_t n,
                     uint64_t count) {
  coro_start(&all[n].task, one, pool, all, n, count);
  coro_pool_send(pool, &all[n].job, coro_erase(&all[n].task), 0);
}

static yields void one(coro_pool *pool, struct sent *all, uint64_t n,
                       uint64_t count) {
  for (uint64_t child = 2 * n + 1; child <= 2 * n + 2; child++)
    if (child < count)
      send_one(pool, all, child, count);
  work(pool, n);
}

static yields void begin(coro_pool *pool, struct sent *all, uint64_t count) {
  send_one(pool, all, 0, count);
}

#else

static yields void one(coro_pool *pool, uint64_t n) { work(pool, n); }

struct sent {
  coro_job job;
  coro_task(one) task;
};

static yields void begin(coro_pool *pool, struct sent *all, uint64_t count) {
  for (uint64_t i = 0; i < count; i++) {
    coro_start(&all[i].task, one, pool, i);
    coro_pool_send(pool, &all[i].job, coro_erase(&all[i].task), 0);
  }
}

#endif

uint64_t bench_run(uint64_t count) {
  static coro_pool *pool; // stays open, as the peers'
  int error;
  if (!pool)
    pool = coro_pool_open(&(coro_pool_options){.workers = 2}, &error);
  struct sent *all = malloc(count * sizeof(*all));
  sums[0] = sums[1] = 0;
  coro_task(begin) task;
  coro_start(&task, begin, pool, all, count);
  coro_pool_run(pool, coro_erase(&task));
  coro_pool_wait(pool, CORO_FOREVER);
  free(all);
  return sums[0] + sums[1];
}
