/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * One thread of a pool: polls what its executor has; takes a job from its ring
 * where nothing is ready; from the shared list or another's ring where that is
 * empty; and sleeps in its executor, so that files, timers and wakes of its own
 * tasks get it up as well.
 */
#include "search.h"

#include <coro/error.h>
#include <coro/trace.h>

/* Polls between two looks at the queues while tasks are ready. */
enum { POLLS_PER_FEED = 64 };

/* Every few polls: those who wait in queues must not wait for ever. */
static void feed(pool_worker *self) {
  self->until_feed = POLLS_PER_FEED;
  pool_heed_fences(self);
  coro_job *job;
  if (pool_inject_take(&self->pool->inject, &job, 1, 1))
    pool_adopt(self, job);
  job = pool_ring_pop(&self->ring);
  if (job)
    pool_adopt(self, job);
}

/* Polls one, or takes one from its own queue. False if there is none. */
static bool advance(pool_worker *self) {
  if (!self->until_feed)
    feed(self);
  if (coro_executor_poll_ready(&self->executor, 1)) {
    self->until_feed--;
    return true;
  }
  coro_job *job = pool_ring_pop(&self->ring);
  if (job)
    pool_adopt(self, job);
  return job;
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
    pool_end_burst(self);
    if (pool_idle_begin(&pool->idle, pool->count) && pool_search(self))
      continue;
    if (self->executor.stopping)
      continue;
    int error = pool_rest(self, !coro_executor_jobs(&self->executor));
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
    pool_adopt(self, job);
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
  CORO_TRACE_THIS_THREAD("worker", self->index);
  if (pool->options.begin)
    pool->options.begin(pool->options.user, &self->executor, self->index);
  int error = coro_executor_check(&self->executor);
  if (!error)
    error = work_until_told(self);
  if (error)
    coro_pool_stop(pool, CORO_SECOND);
  long left = end(self);
  self->left = error ? error : left;
  if (pool->options.end)
    pool->options.end(pool->options.user, &self->executor, self->index);
  return NULL;
}
