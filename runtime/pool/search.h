/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * How a worker that has nothing to do finds work, and sleeps where there is
 * none. See idle.h for why none is forgotten. What it does to executors and
 * threads goes through pool_adopt, pool_doze, pool_nudge and pool_all_quiet,
 * which a test has of its own.
 */
#ifndef CORO_POOL_SEARCH_H
#define CORO_POOL_SEARCH_H

#include "internal.h"

/* How often a searcher looks everywhere. */
#ifndef POOL_ROUNDS
#define POOL_ROUNDS 2
#endif

/* Sends after which a worker is in a burst, for each worker of the pool: all of
 * them may be made to do a fence for it. */
#ifndef POOL_BURST
#define POOL_BURST 64
#endif

/* There is more work: wakes a worker where that is needed. */
POOL_FN void pool_call(coro_pool *pool) {
  pool_sleeper *sleeper = pool_idle_call(&pool->idle);
  if (sleeper)
    pool_nudge(
        (pool_worker *)((char *)sleeper - offsetof(pool_worker, sleeper)));
}

POOL_FN void pool_end_burst(pool_worker *self) {
  self->sends = 0;
  if (!self->in_burst)
    return;
  self->in_burst = false;
  pool_store(&self->ring.burst, 0, RELEASE);
}

/* Where others have paid for our bursts, the next one begins later: there are
 * always many sends for each fence. */
POOL_FN void pool_heed_fences(pool_worker *self) {
  uint64_t fences = pool_load(&self->pool->idle.fences, RELAXED);
  if (fences == self->fences)
    return;
  self->fences = fences;
  pool_end_burst(self);
}

POOL_FN void pool_count_send(pool_worker *self) {
  coro_pool *pool = self->pool;
  pool_heed_fences(self);
  if (self->in_burst || !pool->bursts ||
      ++self->sends < POOL_BURST * pool->count)
    return;
  self->in_burst = true;
  pool_store(&self->ring.burst, 1, SEQ_CST);
}

/* Puts a job into the worker's own ring; its thread. */
POOL_FN void pool_push(pool_worker *self, coro_job *job) {
  pool_count_send(self);
  while (!pool_ring_push(&self->ring, job, self->in_burst)) {
    coro_job *older[POOL_RING / 2];
    size_t n = pool_ring_take_half(&self->ring, older);
    if (n) /* open to workers until their last round */
      pool_inject_push(&self->pool->inject, older, n, /*outside=*/0);
  }
}

/* From the shared list: the first of what is due to us; the others go into our
 * ring, which is empty. */
POOL_FN coro_job *pool_take_share(pool_worker *self) {
  coro_job *jobs[POOL_RING / 2];
  coro_pool *pool = self->pool;
  size_t n = pool_inject_take(&pool->inject, jobs, POOL_RING / 2, pool->count);
  if (n > 1)
    pool_ring_push_all(&self->ring, jobs + 1, n - 1);
  return n ? jobs[0] : 0;
}

/* From anywhere. Our own ring was empty, but a function called on the thread
 * while it slept may have sent something since; what follows fills the ring and
 * does not look whether there is room. */
POOL_FN coro_job *pool_find(pool_worker *self) {
  coro_pool *pool = self->pool;
  coro_job *own = pool_ring_pop(&self->ring);
  if (own)
    return own;
  for (int round = 0; round < POOL_ROUNDS; round++) {
    coro_job *job = pool_take_share(self);
    uint32_t first = pool_first_victim(self);
    for (uint32_t i = 0; !job && i < pool->count; i++) {
      pool_worker *victim = &pool->workers[(first + i) % pool->count];
      if (victim != self)
        job = pool_ring_steal(&self->ring, &victim->ring);
    }
    if (job)
      return job;
  }
  return 0;
}

/* Whether something is in any queue. */
POOL_FN bool pool_has_work(coro_pool *pool) {
  if (pool_load(&pool->inject.count, SEQ_CST))
    return 1;
  for (uint32_t i = 0; i < pool->count; i++)
    if (pool_ring_has(&pool->workers[i].ring))
      return 1;
  return 0;
}

/* The same, for who has just said in idle.state that it will not see what comes
 * later: see idle.h. */
POOL_FN bool pool_look(coro_pool *pool) {
  uint64_t bursts = 0;
  for (uint32_t i = 0; i < pool->count; i++)
    bursts |= pool_load(&pool->workers[i].ring.burst, SEQ_CST);
  if (pool_has_work(pool))
    return 1;
  if (!bursts)
    return 0;
  pool_add(&pool->idle.fences, 1);
  pool_fence_all();
  return pool_has_work(pool);
}

/* Whether there is no job in the whole pool. Under the lock of pool->idle. */
POOL_FN bool pool_is_idle(coro_pool *pool) {
  return pool->idle.quiet == pool->count &&
         !pool_load(&pool->inject.count, SEQ_CST);
}

/* The caller is counted as a searcher. True if it found a job. */
POOL_FN bool pool_search(pool_worker *self) {
  coro_job *job = pool_find(self);
  if (job)
    pool_adopt(self, job);
  if (pool_idle_end(&self->pool->idle) && pool_look(self->pool))
    pool_call(self->pool);
  return job != 0;
}

/* Has nothing to do, and jobs that wait unless it is quiet. 0 or -errno. */
POOL_FN int pool_rest(pool_worker *self, bool quiet) {
  coro_pool *pool = self->pool;
  uint64_t all = pool_idle_sleep(&pool->idle, &self->sleeper, quiet);
  bool work = pool_look(pool);
  if (!work && all == pool->count)
    pool_all_quiet(pool);
  int error = work ? 0 : pool_doze(self);
  bool called = pool_idle_get_up(&pool->idle, &self->sleeper);
  if (work && !called)
    pool_add(&pool->idle.state, POOL_SEARCHER);
  if (work || called)
    pool_search(self);
  return error;
}

#endif
