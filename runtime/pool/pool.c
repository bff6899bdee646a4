/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* A pool's beginning and end, and what its owner waits for. */
#define _GNU_SOURCE
#include "search.h"

#include "../port/port.h"

#include <coro/error.h>
#include <coro/io.h>
#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* The processors we may run on. The kernel does not tell where it may have more
 * than there is room for, and one cpu_set_t has room for 1024. */
typedef struct processors {
  cpu_set_t sets[16];
} processors;

static uint32_t count_processors(const processors *all) {
  return (uint32_t)CPU_COUNT_S(sizeof(*all), all->sets);
}

/* The n-th of them, counted round and round. */
static size_t processor(const processors *all, uint32_t n) {
  n %= count_processors(all);
  for (size_t cpu = 0;; cpu++)
    if (CPU_ISSET_S(cpu, sizeof(*all), all->sets) && n-- == 0)
      return cpu;
}

static int init_worker(coro_pool *pool, uint32_t index) {
  pool_worker *worker = &pool->workers[index];
  struct coro_reactor *reactor = NULL;
  int error;
  if (pool->options.io && !(reactor = coro_reactor_open(&error)))
    return error;
  coro_executor_init(&worker->executor, reactor, NULL);
  worker->executor.context.sender = &pool->sender;
  worker->nudge.executor = &worker->executor;
  worker->nudge.coro = CORO_RUN_READY;
  worker->pool = pool;
  worker->index = index;
  worker->random = index + 1;
  return 0;
}

static void fini_worker(pool_worker *worker) {
  coro_executor_fini(&worker->executor);
  coro_reactor_close(worker->executor.context.reactor);
}

static int start_thread(pool_worker *worker, const processors *all) {
  pthread_attr_t attributes;
  int error = pthread_attr_init(&attributes);
  if (error)
    return -error;
  if (worker->pool->options.pinned) {
    processors one;
    memset(&one, 0, sizeof(one));
    CPU_SET_S(processor(all, worker->index), sizeof(one), one.sets);
    error = pthread_attr_setaffinity_np(&attributes, sizeof(one), one.sets);
  }
  if (!error)
    error =
        pthread_create(&worker->thread, &attributes, coro_pool_work, worker);
  pthread_attr_destroy(&attributes);
  return -error;
}

/* All workers are there before any of their threads, which look at all. */
static int start(coro_pool *pool, const processors *all) {
  size_t bytes = pool->count * sizeof(pool_worker);
  pool->workers = aligned_alloc(_Alignof(pool_worker), bytes);
  if (!pool->workers)
    return CORO_REFUSED;
  memset(pool->workers, 0, bytes);
  int error = 0;
  uint32_t made = 0;
  while (made < pool->count && !(error = init_worker(pool, made)))
    made++;
  while (!error && pool->running < pool->count &&
         !(error = start_thread(&pool->workers[pool->running], all)))
    pool->running++;
  if (!error)
    return 0;
  pool->count = made; /* fewer only where no thread was started */
  coro_pool_stop(pool, CORO_FOREVER);
  coro_pool_join(pool);
  while (made)
    fini_worker(&pool->workers[--made]);
  free(pool->workers);
  return error;
}

static void give_back(coro_pool *pool) {
  pthread_cond_destroy(&pool->quiet);
  pthread_mutex_destroy(&pool->idle.mutex);
  pthread_mutex_destroy(&pool->inject.mutex);
  free(pool);
}

coro_pool *coro_pool_open(const coro_pool_options *options, int *error) {
  processors all;
  if (sched_getaffinity(0, sizeof(all), all.sets) < 0) {
    *error = -errno;
    return NULL;
  }
  coro_pool *pool = aligned_alloc(_Alignof(coro_pool), sizeof(*pool));
  if (!pool) {
    *error = CORO_REFUSED;
    return NULL;
  }
  memset(pool, 0, sizeof(*pool));
  pool->bursts = pool_can_fence_all();
  pool->sender.ops = &coro_pool_sender_ops;
  if (options)
    pool->options = *options;
  pool->count = pool->options.workers;
  if (!pool->count)
    pool->count = count_processors(&all);
  pthread_mutex_init(&pool->inject.mutex, NULL);
  pthread_mutex_init(&pool->idle.mutex, NULL);
  pthread_condattr_t attributes;
  pthread_condattr_init(&attributes);
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
  pthread_cond_init(&pool->quiet, &attributes);
  pthread_condattr_destroy(&attributes);
  *error = start(pool, &all);
  if (!*error)
    return pool;
  give_back(pool);
  return NULL;
}

void coro_pool_stop(coro_pool *pool, uint64_t ns) {
  uint64_t now = coro_now();
  pool_lock(&pool->inject.mutex);
  bool first = !pool->inject.closed;
  if (first) {
    pool->until = coro_time_after(now, ns);
    pool_store(&pool->inject.closed, 1, SEQ_CST);
  }
  pool_unlock(&pool->inject.mutex);
  if (!first)
    return;
  for (uint32_t i = 0; i < pool->count; i++)
    coro_executor_stop(&pool->workers[i].executor);
  pool_lock(&pool->idle.mutex);
  pthread_cond_broadcast(&pool->quiet);
  pool_unlock(&pool->idle.mutex);
}

long coro_pool_join(coro_pool *pool) {
  long left = 0;
  for (uint32_t i = 0; i < pool->running; i++) {
    pthread_join(pool->workers[i].thread, NULL);
    long one = pool->workers[i].left;
    if (left >= 0)
      left = one < 0 ? one : left + one;
  }
  pool->running = 0;
  return left;
}

void coro_pool_close(coro_pool *pool) {
  if (!pool)
    return;
  coro_pool_stop(pool, CORO_FOREVER);
  coro_pool_join(pool);
  for (uint32_t i = 0; i < pool->count; i++)
    fini_worker(&pool->workers[i]);
  free(pool->workers);
  give_back(pool);
}

uint32_t coro_pool_workers(const coro_pool *pool) { return pool->count; }

int coro_pool_here(const coro_pool *pool) {
  pool_worker *here = coro_pool_worker_here;
  return here && here->pool == pool ? (int)here->index : -1;
}

coro_sender *coro_pool_sender(coro_pool *pool) { return &pool->sender; }

coro_executor *coro_pool_executor(coro_pool *pool, uint32_t worker) {
  return &pool->workers[worker].executor;
}

int coro_pool_wait(coro_pool *pool, uint64_t ns) {
  if (coro_pool_here(pool) >= 0)
    return CORO_INVALID;
  uint64_t now = coro_now();
  uint64_t until = coro_time_after(now, ns);
  uint64_t seconds = until / CORO_SECOND;
  struct timespec time = {(time_t)(seconds < INT32_MAX ? seconds : INT32_MAX),
                          (long)(until % CORO_SECOND)};
  int result = CORO_BUSY;
  pool_lock(&pool->idle.mutex);
  while (result == CORO_BUSY) {
    if (pool_load(&pool->inject.closed, SEQ_CST))
      result = CORO_CLOSED;
    else if (pool_is_idle(pool))
      result = 0;
    else if (until == CORO_FOREVER)
      pthread_cond_wait(&pool->quiet, &pool->idle.mutex);
    else if (coro_now() >= until)
      result = CORO_TIMED_OUT;
    else
      pthread_cond_timedwait(&pool->quiet, &pool->idle.mutex, &time);
  }
  pool_unlock(&pool->idle.mutex);
  return result;
}

/* Whom coro_pool_run tells of the end. */
struct end {
  uint32_t over; /* atomic */
  coro_status status;
};

static void tell_end(coro_job *job, coro_status status) {
  struct end *end = job->user;
  end->status = status;
  __atomic_store_n(&end->over, 1, __ATOMIC_RELEASE);
  coro_port_wake(&end->over); /* it may be gone: see port.h */
}

int coro_pool_run(coro_pool *pool, coro_any_task task) {
  if (coro_pool_here(pool) >= 0)
    return CORO_INVALID;
  struct end end = {0, CORO_PENDING};
  coro_job job = {.user = &end};
  int error = coro_pool_send(pool, &job, task, tell_end);
  if (error)
    return error;
  while (!__atomic_load_n(&end.over, __ATOMIC_ACQUIRE))
    coro_port_wait(&end.over, 0, CORO_PORT_FOREVER);
  return end.status;
}
