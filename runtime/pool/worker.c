/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * One thread of a pool: polls what its executor has; takes a job from its ring
 * where nothing is ready; from the shared list or another's ring where that is
 * empty; and sleeps in its executor, so that files, timers and wakes of its own
 * tasks get it up as well.
 */
#include "internal.h"

#include <coro/error.h>

/* Polls between two looks at the queues while tasks are ready. */
enum { POLLS_PER_FEED = 64 };

/* How often a searcher looks everywhere. */
enum { ROUNDS = 2 };

static uint64_t next_random(pool_worker *self) {
  self->random ^= self->random << 13;
  self->random ^= self->random >> 7;
  self->random ^= self->random << 17;
  return self->random;
}

/* From the shared list: the first of what is due to us; the others go into our
 * ring, which is empty. */
static coro_job *take_share(pool_worker *self) {
  coro_job *jobs[POOL_RING / 2];
  coro_pool *pool = self->pool;
  size_t n = pool_inject_take(&pool->inject, jobs, POOL_RING / 2, pool->count);
  for (size_t i = 1; i < n; i++)
    pool_ring_push(&self->ring, jobs[i]);
  return n ? jobs[0] : NULL;
}

static coro_job *find(pool_worker *self) {
  coro_pool *pool = self->pool;
  for (int round = 0; round < ROUNDS; round++) {
    coro_job *job = take_share(self);
    uint32_t first = (uint32_t)(next_random(self) % pool->count);
    for (uint32_t i = 0; !job && i < pool->count; i++) {
      pool_worker *victim = &pool->workers[(first + i) % pool->count];
      if (victim != self)
        job = pool_ring_steal(&self->ring, &victim->ring);
    }
    if (job)
      return job;
  }
  return NULL;
}

static bool is_work(coro_pool *pool) {
  if (pool_load(&pool->inject.count, SEQ_CST))
    return true;
  for (uint32_t i = 0; i < pool->count; i++)
    if (pool_ring_has(&pool->workers[i].ring))
      return true;
  return false;
}

/* The caller is counted as a searcher. True if it found a job. */
static bool search(pool_worker *self) {
  coro_job *job = find(self);
  if (job)
    coro_executor_adopt(&self->executor, job);
  if (pool_idle_end(&self->pool->idle) && is_work(self->pool))
    coro_pool_call(self->pool);
  return job;
}

/* Every few polls: those who wait in queues must not wait for ever. */
static void feed(pool_worker *self) {
  self->until_feed = POLLS_PER_FEED;
  coro_job *job;
  if (pool_inject_take(&self->pool->inject, &job, 1, 1))
    coro_executor_adopt(&self->executor, job);
  job = pool_ring_pop(&self->ring);
  if (job)
    coro_executor_adopt(&self->executor, job);
}

/* Polls one, or takes one from its own queue. False if there is none. */
static bool advance(pool_worker *self) {
  if (!self->until_feed)
    feed(self);
  if (coro_executor_poll_next(&self->executor)) {
    self->until_feed--;
    return true;
  }
  coro_job *job = pool_ring_pop(&self->ring);
  if (job)
    coro_executor_adopt(&self->executor, job);
  return job;
}

/* Has nothing to do. 0 or -errno. */
static int rest(pool_worker *self) {
  coro_pool *pool = self->pool;
  bool quiet = !coro_executor_jobs(&self->executor);
  uint64_t all = pool_idle_sleep(&pool->idle, &self->sleeper, quiet);
  bool work = is_work(pool);
  if (!work && all == pool->count)
    pthread_cond_broadcast(&pool->quiet);
  int error = work ? 0 : coro_executor_sleep(&self->executor, CORO_FOREVER);
  bool called = pool_idle_get_up(&pool->idle, &self->sleeper);
  if (work && !called)
    pool_add(&pool->idle.state, POOL_SEARCHER);
  if (work || called)
    search(self);
  return error;
}

static bool told_to_stop(pool_worker *self) {
  if (!self->executor.stopping)
    return false;
  self->executor.stopping = false; /* a task may have asked, too */
  return pool_load(&self->pool->inject.closed, SEQ_CST);
}

/* 0 or -errno. */
static int work_until_told(pool_worker *self) {
  coro_pool *pool = self->pool;
  while (!told_to_stop(self)) {
    if (advance(self))
      continue;
    if (pool_idle_begin(&pool->idle, pool->count) && search(self))
      continue;
    if (self->executor.stopping)
      continue;
    int error = rest(self);
    if (error)
      return error;
  }
  return 0;
}

/*
 * Cancels all that is left. Nothing is sent any more from here, so our ring
 * stays empty; and nobody puts into the shared list but workers who have this
 * before them. How many would not end, or -errno.
 */
static long end(pool_worker *self) {
  coro_pool *pool = self->pool;
  coro_job *job;
  self->closed = true;
  while ((job = pool_ring_pop(&self->ring)) ||
         pool_inject_take(&pool->inject, &job, 1, 1))
    coro_executor_adopt(&self->executor, job);
  uint64_t now = coro_now();
  uint64_t ns = CORO_FOREVER;
  if (pool->until != CORO_FOREVER)
    ns = pool->until > now ? pool->until - now : 0;
  return coro_executor_shutdown(&self->executor, ns);
}

void *coro_pool_work(void *worker) {
  pool_worker *self = worker;
  coro_pool *pool = self->pool;
  coro_pool_worker_here = self;
  if (pool->options.begin)
    pool->options.begin(pool->options.user, &self->executor, self->index);
  int error = work_until_told(self);
  if (error)
    coro_pool_stop(pool, CORO_SECOND);
  long left = end(self);
  self->left = error ? error : left;
  if (pool->options.end)
    pool->options.end(pool->options.user, &self->executor, self->index);
  return NULL;
}
