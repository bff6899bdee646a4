/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * A number of permits, of which each task takes some and gives them back. First
 * come, first served, be it local or shared: who wants many is not overtaken by
 * who wants few. For the rest it is as coro_mutex.
 */
#ifndef CORO_SEMAPHORE_H
#define CORO_SEMAPHORE_H

#include <coro/lock_word.h>
#include <coro/try_first.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Opaque: the members belong to the runtime. */
typedef struct coro_semaphore {
  coro_wait_queue queue;
  uint32_t word; /* atomic, where shared: see lock_word.h */
} coro_semaphore;

/* As many permits as there can be. */
#define CORO_SEMAPHORE_MAX INT32_MAX

/* With n permits, up to CORO_SEMAPHORE_MAX. */
#define CORO_SEMAPHORE_INIT(n) {CORO_WAIT_QUEUE_INIT, (n)}
#define CORO_SEMAPHORE_SHARED_INIT(n) {CORO_WAIT_QUEUE_SHARED_INIT, (n)}

/* Takes k permits, or none: true if it could, and nobody waits. Never waits. */
static inline bool coro_semaphore_try_acquire(coro_semaphore *semaphore,
                                              uint32_t k);

/*
 * Gives k permits, which nobody needs to have taken before; those who wait get
 * them, in their order. Traps where there would be more than
 * CORO_SEMAPHORE_MAX. Never waits.
 */
static inline void coro_semaphore_release(coro_semaphore *semaphore,
                                          uint32_t k);

/* How many are there now: another thread may change that at once. */
static inline uint32_t coro_semaphore_permits(const coro_semaphore *semaphore);

/* Taking k, as a future, as coro_mutex_lock_op. */
typedef struct coro_semaphore_acquire_op {
  coro_waiter waiter;
  uint32_t k;
} coro_semaphore_acquire_op;

void coro_semaphore_acquire_op_init(coro_semaphore_acquire_op *op,
                                    coro_semaphore *semaphore, uint32_t k);

#ifdef CORO_HAS_EFFECTS

/* Takes k at once; waits until it can. That is for ever where k is more than
 * there will be, and those behind it wait too. */
CORO_TRIES_FIRST void coro_semaphore_acquire(coro_semaphore *semaphore,
                                             uint32_t k) CORO_TRIES_FRAME(112);

/* 0, or CORO_TIMED_OUT and it took none, as coro_mutex_lock_for. */
CORO_CANCEL_SAFE CORO_YIELDS int
coro_semaphore_acquire_for(coro_semaphore *semaphore, uint32_t k, uint64_t ns)
    CORO_FRAME(144);

#endif

/* The rest is for the functions above: what needs nobody else is done here. */

/* Somebody waits, or did, or there would be too many. */
void coro_semaphore_release_awaited(coro_semaphore *semaphore, uint32_t k);

/* Nobody waits, and there are k. */
static inline bool coro_semaphore_has(uint32_t word, uint32_t k) {
  return !(word & CORO_AWAITED) && word >= k;
}

static inline bool coro_semaphore_try_acquire(coro_semaphore *semaphore,
                                              uint32_t k) {
  uint32_t seen = coro_word_read(&semaphore->word);
  while (coro_semaphore_has(seen, k))
    if (coro_word_change(&semaphore->queue, &semaphore->word, &seen, seen - k))
      return true;
  return false;
}

/* The word is the last touch: another one may end the semaphore then. */
static inline void coro_semaphore_release(coro_semaphore *semaphore,
                                          uint32_t k) {
  uint32_t seen = coro_word_read(&semaphore->word);
  if (seen & CORO_AWAITED || k > CORO_SEMAPHORE_MAX - seen ||
      !coro_word_change(&semaphore->queue, &semaphore->word, &seen, seen + k))
    coro_semaphore_release_awaited(semaphore, k);
}

static inline uint32_t coro_semaphore_permits(const coro_semaphore *semaphore) {
  return coro_word_read(&semaphore->word) & ~CORO_AWAITED;
}

#ifdef CORO_TRIES_HERE

CORO_CANCEL_SAFE CORO_YIELDS void
coro_semaphore_acquire_wait(coro_semaphore *semaphore, uint32_t k)
    CORO_FRAME(96);

CORO_TRIES_FIRST void coro_semaphore_acquire(coro_semaphore *semaphore,
                                             uint32_t k) {
  if (!CORO_TRIED(coro_semaphore_try_acquire(semaphore, k)))
    coro_semaphore_acquire_wait(semaphore, k);
}

#endif

#ifdef __cplusplus
}
#endif

#endif
