/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* The semaphore. Its word is the number of permits that are there, and AWAITED:
 * see coro/lock_word.h. */
#include "settle.h"

#include <coro/semaphore.h>
#include <stddef.h>

/* Every waiter's queue is the first member of a semaphore, and every waiter
 * that of an op. */
static coro_semaphore *semaphore_of(coro_waiter *waiter) {
  return (coro_semaphore *)waiter->queue;
}

static uint32_t wanted(const coro_waiter *waiter) {
  return ((const coro_semaphore_acquire_op *)waiter)->k;
}

static bool change(coro_semaphore *semaphore, uint32_t *from, uint32_t to) {
  return coro_word_change(&semaphore->queue, &semaphore->word, from, to);
}

static int take(coro_waiter *waiter) {
  coro_semaphore *semaphore = semaphore_of(waiter);
  uint32_t k = wanted(waiter), seen = coro_word_read(&semaphore->word);
  while (!change(semaphore, &seen,
                 coro_semaphore_has(seen, k) ? seen - k : seen | CORO_AWAITED))
    ;
  return coro_semaphore_has(seen, k);
}

/* Locked, while AWAITED is set: deals out what is there. */
static void deal(coro_semaphore *semaphore, uint32_t permits) {
  coro_waiter *first;
  while ((first = semaphore->queue.first) && wanted(first) <= permits) {
    permits -= wanted(first);
    coro_waiter_grant(first, 0);
  }
  coro_word_settle(&semaphore->queue, &semaphore->word, permits);
}

static uint32_t more(uint32_t permits, uint32_t k) {
  if (k > CORO_SEMAPHORE_MAX - permits)
    __builtin_trap();
  return permits + k;
}

static void give_back(coro_waiter *waiter) {
  coro_semaphore *semaphore = semaphore_of(waiter);
  uint32_t seen = coro_word_read(&semaphore->word);
  while (!(seen & CORO_AWAITED))
    if (change(semaphore, &seen, more(seen, wanted(waiter))))
      return;
  deal(semaphore, more(seen & ~CORO_AWAITED, wanted(waiter)));
}

/* It was in the queue, so AWAITED is set. */
static void left(coro_waiter *waiter) {
  coro_semaphore *semaphore = semaphore_of(waiter);
  deal(semaphore, coro_word_read(&semaphore->word) & ~CORO_AWAITED);
}

/* Before it is in the queue. */
static int hurry(coro_waiter *waiter) {
  coro_semaphore *semaphore = semaphore_of(waiter);
  if (coro_semaphore_try_acquire(semaphore, wanted(waiter)))
    return 1;
  return coro_word_read(&semaphore->word) & CORO_AWAITED ? -1 : 0;
}

static const coro_waiter_ops ops = {take, give_back, left, NULL, hurry};

void coro_semaphore_acquire_op_init(coro_semaphore_acquire_op *op,
                                    coro_semaphore *semaphore, uint32_t k) {
  coro_waiter_init(&op->waiter, &semaphore->queue, &ops);
  op->k = k;
}

/* Somebody waits, or did: true if they were dealt k. */
static bool release_and_deal(coro_semaphore *semaphore, uint32_t k) {
  coro_wait_queue_lock(&semaphore->queue);
  bool awaited = semaphore->queue.first;
  if (awaited)
    deal(semaphore, more(coro_semaphore_permits(semaphore), k));
  coro_wait_queue_unlock(&semaphore->queue);
  return awaited;
}

void coro_semaphore_release_awaited(coro_semaphore *semaphore, uint32_t k) {
  for (;;) {
    uint32_t seen = coro_word_read(&semaphore->word);
    /* Either is the last touch: another one may end the semaphore then. */
    if (seen & CORO_AWAITED ? release_and_deal(semaphore, k)
                            : change(semaphore, &seen, more(seen, k)))
      return;
  }
}
