/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * The list that all workers share: what other threads send, and what does not
 * fit into a ring. First in first out, unbounded, linked through the runnables,
 * under a lock. count says without the lock whether something is there.
 *
 * Who takes many waits for memory: each job's link is in the job, which another
 * processor has written. So a job of a longer piece names one further behind
 * it, for the processor to fetch meanwhile, in a word that it does not need
 * before it is adopted.
 */
#ifndef CORO_POOL_INJECT_H
#define CORO_POOL_INJECT_H

#include "ring.h"

enum { POOL_AHEAD = 32 };

typedef struct pool_inject {
  _Alignas(POOL_LINE) pool_mutex mutex;
  uint64_t closed; /* takes nothing from outside */
  coro_runnable *first, *last;
  _Alignas(POOL_LINE) uint64_t count; /* atomic; changes under the lock */
} pool_inject;

/* Adds n > 0 jobs. False where it is closed to the caller. */
POOL_FN bool pool_inject_push(pool_inject *inject, coro_job *const *jobs,
                              size_t n, bool outside) {
  for (size_t i = 0; i < n; i++) {
    size_t ahead = i + POOL_AHEAD < n ? i + POOL_AHEAD : i;
    jobs[i]->run.next = i + 1 < n ? &jobs[i + 1]->run : 0;
    jobs[i]->run.coro = (uintptr_t)jobs[ahead];
  }
  pool_lock(&inject->mutex);
  bool open = !(outside && inject->closed);
  if (open) {
    uint64_t count = pool_load(&inject->count, RELAXED);
    if (count)
      inject->last->next = &jobs[0]->run;
    else
      inject->first = &jobs[0]->run;
    inject->last = &jobs[n - 1]->run;
    pool_store(&inject->count, count + n, SEQ_CST);
  }
  pool_unlock(&inject->mutex);
  return open;
}

/*
 * Takes out what is due to one of so many takers, `most` at most: puts them
 * into jobs and returns how many.
 */
POOL_FN size_t pool_inject_take(pool_inject *inject, coro_job **jobs,
                                size_t most, size_t takers) {
  if (!pool_load(&inject->count, SEQ_CST))
    return 0;
  pool_lock(&inject->mutex);
  uint64_t count = pool_load(&inject->count, RELAXED);
  size_t n = (size_t)((count + takers - 1) / takers);
  n = n < most ? n : most;
  for (size_t i = 0; i < n; i++) {
    jobs[i] = (coro_job *)inject->first;
    __builtin_prefetch((void *)inject->first->coro, /*write=*/1);
    inject->first = inject->first->next;
  }
  pool_store(&inject->count, count - n, SEQ_CST);
  pool_unlock(&inject->mutex);
  return n;
}

#endif
