/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* What the runtime alone does with the word of a lock: see coro/lock_word.h. */
#ifndef CORO_RUNTIME_SYNC_SETTLE_H
#define CORO_RUNTIME_SYNC_SETTLE_H

#include <coro/lock_word.h>

/* Locked, while AWAITED is set or nobody else may change it: the new word, but
 * for AWAITED, which the queue tells. */
static inline void coro_word_settle(const coro_wait_queue *queue,
                                    uint32_t *word, uint32_t to) {
  __atomic_store_n(word, to | (queue->first ? CORO_AWAITED : 0),
                   __ATOMIC_RELEASE);
}

#endif
