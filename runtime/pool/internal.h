/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * A pool and its workers. A job goes
 *
 *   coro_pool_send --> a ring, or the shared list --> an executor --> on_done
 *                      |<-- any worker takes it -->|<-- it stays -->|
 *
 * and has no waker before an executor adopts it. What is written by several
 * threads lies on lines of its own; of those a worker that is busy only reads
 * idle.state, when it sends.
 */
#ifndef CORO_POOL_INTERNAL_H
#define CORO_POOL_INTERNAL_H

#include "../exec/jobs.h"
#include "idle.h"
#include "inject.h"
#include "ring.h"

#include <coro/pool.h>
#include <coro/time.h>

typedef struct pool_worker {
  pool_ring ring;
  /* Written by the pool before the thread starts, and by the thread. */
  _Alignas(POOL_LINE) coro_executor executor;
  struct coro_pool *pool;
  uint32_t index;
  uint32_t until_feed; /* polls before it looks at its queues again */
  bool in_burst;       /* what ring.burst says */
  uint32_t sends;      /* since it last had nothing to do, or was made to do */
  uint64_t fences;     /* the last of these fences */
  uint64_t random;
  bool closed; /* its last round: sends are refused */
  long left;   /* once it is over: jobs that would not end, or -errno */
  pthread_t thread;
  /* For whoever wakes it. */
  _Alignas(POOL_LINE) pool_sleeper sleeper;
  coro_runnable nudge; /* has no task: waking it ends the executor's sleep */
} pool_worker;

struct coro_pool {
  coro_sender sender; /* first: send.c has the pool from it */
  coro_pool_options options;
  uint32_t count;
  pool_worker *workers;
  uint32_t running; /* threads that were started and not joined */
  uint64_t until;   /* once inject.closed: when the workers have to be over */
  pthread_cond_t quiet; /* with idle.mutex: all are quiet, or the pool stops */
  bool bursts;          /* there are any: pool_fence_all works */
  pool_inject inject;
  pool_idle idle;
};

/* Of the calling thread; NULL if it is no worker. */
extern _Thread_local pool_worker *coro_pool_worker_here;

extern const coro_sender_ops coro_pool_sender_ops;

/* The main function of a worker's thread. */
void *coro_pool_work(void *worker);

#ifndef CORO_POOL_MODEL

/* The worker's executor has the job from now on. Its thread. */
static inline void pool_adopt(pool_worker *self, coro_job *job) {
  coro_executor_adopt(&self->executor, job);
}

/* Sleeps until pool_nudge, or until one of its own tasks is woken. */
static inline int pool_doze(pool_worker *self) {
  return coro_executor_sleep(&self->executor, CORO_FOREVER);
}

/* From any thread: the waker in the executor's context may be another one
 * while a task is polled. */
static inline void pool_nudge(pool_worker *worker) {
  coro_run_wake(&worker->nudge);
}

/* Tells those who wait for it. */
static inline void pool_all_quiet(coro_pool *pool) {
  pthread_cond_broadcast(&pool->quiet);
}

/* Where a search begins: xorshift, so that searchers do not all begin at the
 * same worker. */
static inline uint32_t pool_first_victim(pool_worker *self) {
  self->random ^= self->random << 13;
  self->random ^= self->random >> 7;
  self->random ^= self->random << 17;
  return (uint32_t)(self->random % self->pool->count);
}

#endif

#endif
