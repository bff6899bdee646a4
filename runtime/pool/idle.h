/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Who of the workers sleeps and who looks for work. Nobody who is busy writes
 * here.
 *
 *              pool_idle_begin           pool_idle_end
 *     busy ----------------> searches ----------------> busy
 *       |                        ^
 *       | pool_idle_sleep        | pool_idle_call, by another
 *       +--------> sleeps -------+
 *                    |  pool_idle_get_up: it was not called
 *                    +----------------------------------> busy
 *
 * No work is forgotten. Who has pushed work calls pool_idle_call, which does
 * nothing if somebody searches or nobody sleeps. Push and look are seq_cst
 * operations, in this order, as are, in this order, a worker's change of the
 * state and its own look at all the queues
 *
 * - after pool_idle_sleep, before it sleeps;
 * - after pool_idle_end, whether it found something or not, if it was the last
 *   to search: it then calls another if there is more.
 *
 * Of the two, one comes first in the order of seq_cst operations: the pusher
 * sees the changed state or the worker sees the work. And each pusher that did
 * nothing saw somebody who was not asleep or still searched, and who has this
 * look before it. (Where the last to search ends and nobody sleeps, there is
 * nobody to call, and the next to sleep has its look before it.)
 *
 * A worker that pushes much spares the fence of a seq_cst store: it says so in
 * the word `burst` of its ring, and others have it make up for it. A look reads
 * those words before it reads the queues. Where one was set and nothing was
 * found, it has all threads do a fence, and looks again. So, of a push in a
 * burst and a look:
 *
 * - the look read `burst` as set: the fence in the pusher's thread is after the
 *   push, which the second look sees; or before the pusher reads the state,
 *   which it then sees changed.
 * - it read it as not yet set: setting it is a seq_cst store, which then comes
 *   after the change of the state, and so do all that the pusher reads later.
 * - it read it as set no more: clearing it is a release store, so that the look
 *   sees all that was pushed before.
 *
 * A fence interrupts every thread that runs. It is counted, and who sees that
 * is in no burst for some sends.
 *
 * No thundering: a push wakes one sleeper, and none while one searches. It
 * wakes the next one when it has found something and leaves something.
 *
 * Invariants: the list has those sleepers that nobody has called; state counts
 * them, and those that search, and quiet those of them that have no jobs. A
 * ring whose owner is in the list is empty: so where all workers are in it and
 * quiet, the only jobs there can be are in the list of inject.h.
 */
#ifndef CORO_POOL_IDLE_H
#define CORO_POOL_IDLE_H

#include "atomics.h"

#include <stdbool.h>
#include <stdint.h>

#define POOL_SEARCHER UINT64_C(1)
#define POOL_SEARCHERS UINT64_C(0xffffffff)
#define POOL_SLEEPER (UINT64_C(1) << 32)

/* One worker as a sleeper; under the lock. */
typedef struct pool_sleeper {
  struct pool_sleeper *next, *prev;
  uint64_t listed;
  uint64_t quiet;
} pool_sleeper;

typedef struct pool_idle {
  _Alignas(POOL_LINE) uint64_t state; /* atomic: POOL_SLEEPERs, POOL_SEARCHERs;
                                         sleepers change under the lock */
  uint64_t fences; /* atomic: all threads were made to do so many */
  _Alignas(POOL_LINE) pool_mutex mutex;
  pool_sleeper *first;
  uint64_t quiet;
} pool_idle;

POOL_FN bool pool_idle_wants_a_call(pool_idle *idle) {
  uint64_t state = pool_load(&idle->state, SEQ_CST);
  return state >= POOL_SLEEPER && !(state & POOL_SEARCHERS);
}

static inline void pool_idle_unlist(pool_idle *idle, pool_sleeper *sleeper) {
  if (sleeper->prev)
    sleeper->prev->next = sleeper->next;
  else
    idle->first = sleeper->next;
  if (sleeper->next)
    sleeper->next->prev = sleeper->prev;
  sleeper->listed = 0;
  idle->quiet -= sleeper->quiet;
}

/*
 * There may be more work than those who are awake will find: who has to be
 * notified, NULL if nobody. It is a searcher now.
 */
POOL_FN pool_sleeper *pool_idle_call(pool_idle *idle) {
  if (!pool_idle_wants_a_call(idle))
    return 0;
  pool_lock(&idle->mutex);
  pool_sleeper *sleeper = 0;
  if (pool_idle_wants_a_call(idle)) {
    sleeper = idle->first;
    pool_idle_unlist(idle, sleeper);
    pool_add(&idle->state, POOL_SEARCHER - POOL_SLEEPER);
  }
  pool_unlock(&idle->mutex);
  return sleeper;
}

/* Whether the caller is to search: half of the workers at most. */
POOL_FN bool pool_idle_begin(pool_idle *idle, uint32_t workers) {
  uint64_t state = pool_load(&idle->state, RELAXED);
  if (2 * (state & POOL_SEARCHERS) >= workers)
    return false;
  pool_add(&idle->state, POOL_SEARCHER);
  return true;
}

/* The caller searches no longer. True: it was the last and others sleep; so it
 * has to look at all the queues and to call somebody if something is there. */
POOL_FN bool pool_idle_end(pool_idle *idle) {
  uint64_t before = pool_add(&idle->state, -POOL_SEARCHER);
  return before >= POOL_SLEEPER && (before & POOL_SEARCHERS) == 1;
}

/* The caller wants to sleep, and has to look at all the queues once more before
 * it does. quiet: 1 if it has no jobs, else 0. How many are quiet now. */
POOL_FN uint64_t pool_idle_sleep(pool_idle *idle, pool_sleeper *self,
                                 uint64_t quiet) {
  pool_lock(&idle->mutex);
  self->prev = 0;
  self->next = idle->first;
  if (self->next)
    self->next->prev = self;
  idle->first = self;
  self->listed = 1;
  self->quiet = quiet;
  idle->quiet += quiet;
  uint64_t all = idle->quiet;
  pool_add(&idle->state, POOL_SLEEPER);
  pool_unlock(&idle->mutex);
  return all;
}

/* The caller is up again. True: it was called, and searches. */
POOL_FN bool pool_idle_get_up(pool_idle *idle, pool_sleeper *self) {
  pool_lock(&idle->mutex);
  bool called = !self->listed;
  if (!called) {
    pool_idle_unlist(idle, self);
    pool_add(&idle->state, -POOL_SLEEPER);
  }
  pool_unlock(&idle->mutex);
  return called;
}

#endif
