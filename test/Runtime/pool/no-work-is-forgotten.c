// How workers search, sleep and are called (runtime/pool/idle.h and search.h),
// in all interleavings: where all of them sleep, all that was sent was taken,
// once. And where the pool says that it is idle, nothing is left that was sent
// before.
// RUN: %coro %cflags -O2 -fno-strict-aliasing -I%root/runtime -DPOOL_RING=2 %s %rt -o %t && %t
// RUN: %coro %cflags -O2 -fno-strict-aliasing -I%root/runtime -DPOOL_RING=4 %s %rt -o %t4 && %t4
#include "Inputs/model.h"

#define POOL_ROUNDS 1
#define POOL_BURST 1 /* of two workers: the second push has no fence */
#include "pool/internal.h"

static void pool_adopt(pool_worker *self, coro_job *job);
static yields int pool_doze(pool_worker *self);
static yields void pool_nudge(pool_worker *worker);
static void pool_all_quiet(coro_pool *pool);
static uint32_t pool_first_victim(pool_worker *self);

#include "pool/search.h"

enum { ITEMS = 4, WORKERS = 3 };

struct world {
  struct model_thread threads[MODEL_THREADS];
  coro_pool pool;
  pool_worker workers[WORKERS];
  uint64_t nudged[WORKERS], dozes[WORKERS], busy[WORKERS];
  uint64_t next, sent[ITEMS], taken[ITEMS]; /* what was sent is queued */
  uint64_t nudges;
  uint64_t for_ever; /* every item keeps its worker busy for ever */
  coro_job items[ITEMS];
};

#include "Inputs/explore.h"

static void pool_adopt(pool_worker *self, coro_job *job) {
  size_t item = (size_t)(job - world.items);
  CHECK(item < ITEMS && !world.taken[item]);
  world.taken[item] = 1;
  world.busy[self->index] |= world.for_ever;
}

static yields int pool_doze(pool_worker *self) {
  world.dozes[self->index] = 1;
  do
    coro_suspend();
  while (!world.nudged[self->index]);
  world.nudged[self->index] = world.dozes[self->index] = 0;
  return 0;
}

static yields void pool_nudge(pool_worker *worker) {
  coro_suspend();
  model_fence();
  world.nudged[worker->index] = 1;
  world.nudges++;
}

static void pool_all_quiet(coro_pool *pool) { (void)pool; }
static uint32_t pool_first_victim(pool_worker *self) { return self->index; }

/* A task of a worker that sends so many, and goes on for ever. */
static yields void run(pool_worker *self, int sends) {
  world.busy[self->index] = 1;
  for (; sends; sends--) {
    uint64_t item = world.next++;
    pool_push(self, &world.items[item]);
    world.sent[item] = 1;
    pool_call(&world.pool);
  }
}

/* A worker, first with a task that sends and ends. */
static yields void work(pool_worker *self, int sends) {
  run(self, sends);
  world.busy[self->index] = 0;
  while (!world.busy[self->index]) {
    coro_job *job = pool_ring_pop(&self->ring);
    if (job)
      pool_adopt(self, job);
    else if (pool_end_burst(self),
             !pool_idle_begin(&world.pool.idle, world.pool.count) ||
                 !pool_search(self))
      pool_rest(self, /*quiet=*/1);
  }
}

static yields void send_in(int sends) {
  for (; sends; sends--) {
    uint64_t item = world.next++;
    coro_job *job = &world.items[item];
    pool_inject_push(&world.pool.inject, &job, 1, /*outside=*/1);
    world.sent[item] = 1;
    pool_call(&world.pool);
  }
}

/* Looks once whether the pool is idle. */
static yields void watch(void) {
  uint64_t sent[ITEMS];
  pool_lock(&world.pool.idle.mutex);
  memcpy(sent, world.sent, sizeof(sent));
  if (pool_is_idle(&world.pool)) {
    for (int i = 0; i < ITEMS; i++)
      CHECK(world.taken[i] >= sent[i]);
  }
  pool_unlock(&world.pool.idle.mutex);
}

static void at_rest(void) {
  /* By who sent, and by the last of those who searched and did not find it. */
  CHECK(world.nudges <= 2 * world.next);
  uint64_t awake = 0;
  for (uint32_t i = 0; i < world.pool.count; i++) {
    CHECK(world.dozes[i] != world.busy[i]);
    awake += world.busy[i];
  }
  for (uint64_t i = 0; i < world.next; i++)
    CHECK(world.sent[i] && world.taken[i]);
  CHECK(world.pool.idle.state == (world.pool.count - awake) * POOL_SLEEPER);
  CHECK(world.pool.idle.quiet == world.pool.count - awake);
}

static void begin(uint32_t workers) {
  memset(&world, 0, sizeof(world));
  world.pool.count = workers;
  world.pool.bursts = 1;
  world.pool.workers = world.workers;
  for (uint32_t i = 0; i < workers; i++) {
    world.workers[i].pool = &world.pool;
    world.workers[i].index = i;
  }
}

int main(void) {
  begin(1);
  THREAD(0, work, &world.workers[0], 0);
  THREAD(1, send_in, 2);
  THREAD(2, watch);
  explore_all("a worker and a sender from outside", 2000);
  for (int sends = 1; sends <= 3; sends++) { /* the last is lost the easiest */
    begin(2);
    THREAD(0, run, &world.workers[0], sends);
    THREAD(1, work, &world.workers[1], 0);
    explore_all("a worker sends to another and stays busy", 500);
  }
  begin(2);
  THREAD(0, work, &world.workers[0], 2);
  THREAD(1, work, &world.workers[1], 0);
  THREAD(2, watch);
  explore_all("a worker sends to another, watched", 20000);
  begin(2);
  THREAD(0, work, &world.workers[0], 0);
  THREAD(1, work, &world.workers[1], 0);
  THREAD(2, send_in, 1);
  explore_all("two workers and a sender from outside", 100000);
  begin(2);
  world.for_ever = 1;
  THREAD(0, work, &world.workers[0], 0);
  THREAD(1, work, &world.workers[1], 0);
  THREAD(2, send_in, 2);
  explore_all("tasks without end, one for each worker", 100000);
  begin(3);
  THREAD(0, run, &world.workers[0], 1);
  THREAD(1, work, &world.workers[1], 0);
  THREAD(2, work, &world.workers[2], 0);
  explore_all("a worker sends to two others and stays busy", 100000);
}
