/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * The word of a lock, beside the queue of those who wait for it: what is held,
 * and in its highest bit, AWAITED, whether anybody waits. So who finds nobody
 * waiting changes the word and nothing else, by one compare-and-exchange, or by
 * none where the lock is local.
 *
 * Invariants:
 * - AWAITED is set exactly while the queue is not empty, whenever the queue's
 *   lock is free;
 * - while it is set, the word changes under the queue's lock only. So nobody
 *   gets in before those who wait;
 * - who gives something back, and by that ends its own need of the lock, does
 *   not touch it after the word says so: it is told to a waiter, which takes
 *   the queue's lock before it goes on, or else changes the word last of all.
 */
#ifndef CORO_RUNTIME_SYNC_WORD_H
#define CORO_RUNTIME_SYNC_WORD_H

#include <coro/wait.h>
#include <stdbool.h>

#define CORO_AWAITED (UINT32_C(1) << 31)

static inline uint32_t coro_word_read(const uint32_t *word) {
  return __atomic_load_n(word, __ATOMIC_RELAXED);
}

/* If it is *from: true, and it is `to`. Else *from is what it was. */
static inline bool coro_word_change(const coro_wait_queue *queue,
                                    uint32_t *word, uint32_t *from,
                                    uint32_t to) {
  if (queue->shared)
    return __atomic_compare_exchange_n(word, from, to, /*weak=*/false,
                                       __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
  if (*word != *from) {
    *from = *word;
    return false;
  }
  *word = to;
  return true;
}

/* Locked, while AWAITED is set or nobody else may change it: the new word, but
 * for AWAITED, which the queue tells. */
static inline void coro_word_settle(const coro_wait_queue *queue,
                                    uint32_t *word, uint32_t to) {
  __atomic_store_n(word, to | (queue->first ? CORO_AWAITED : 0),
                   __ATOMIC_RELEASE);
}

#endif
