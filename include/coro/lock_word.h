/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * For the inline parts of locks, and of no use to programs: the word of a lock,
 * beside the queue of those who wait for it. It says what is held, and in its
 * highest bit, AWAITED, whether anybody waits. So who finds nobody waiting
 * changes the word and nothing else: by one compare-and-exchange, or by none
 * where the lock is local.
 *
 * Invariants:
 * - AWAITED is set exactly while the queue is not empty, whenever the queue's
 *   lock is free;
 * - while it is set, the word changes under the queue's lock only; but for a
 *   shared mutex, of which runtime/sync/mutex.c tells;
 * - who gives something back, and by that ends its own need of the lock, does
 *   not touch it after the word says so: it is told to a waiter, which takes
 *   the queue's lock before it goes on, or else changes the word last of all.
 */
#ifndef CORO_LOCK_WORD_H
#define CORO_LOCK_WORD_H

#include <coro/wait.h>
#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

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

#ifdef __cplusplus
}
#endif

#endif
