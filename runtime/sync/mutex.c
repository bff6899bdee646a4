/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* The mutex. Its word is HELD or 0, and AWAITED: see coro/lock_word.h. It is
 * handed over: while anybody waits it does not become free. */
#include "settle.h"

#include <coro/mutex.h>

static const uint32_t HELD = CORO_MUTEX_HELD;

/* Every waiter's queue is the first member of a mutex. */
static coro_mutex *mutex_of(coro_waiter *waiter) {
  return (coro_mutex *)waiter->queue;
}

static int take(coro_waiter *waiter) {
  coro_mutex *mutex = mutex_of(waiter);
  uint32_t seen = coro_word_read(&mutex->word);
  while (!coro_word_change(&mutex->queue, &mutex->word, &seen,
                           seen ? seen | CORO_AWAITED : HELD))
    ;
  return !seen;
}

/* Locked, by whoever holds it: so nobody else changes the word. True if the
 * next one has it. */
static bool hand_over(coro_mutex *mutex) {
  coro_waiter *next = mutex->queue.first;
  if (next)
    coro_waiter_grant(next, 0);
  coro_word_settle(&mutex->queue, &mutex->word, HELD);
  return next;
}

static void give_back(coro_waiter *waiter) {
  coro_mutex *mutex = mutex_of(waiter);
  if (!hand_over(mutex))
    coro_word_settle(&mutex->queue, &mutex->word, 0);
}

/* It waited, so somebody else holds it. */
static void left(coro_waiter *waiter) {
  coro_mutex *mutex = mutex_of(waiter);
  coro_word_settle(&mutex->queue, &mutex->word, HELD);
}

static const coro_waiter_ops ops = {take, give_back, left};

void coro_mutex_lock_op_init(coro_mutex_lock_op *op, coro_mutex *mutex) {
  coro_waiter_init(&op->waiter, &mutex->queue, &ops);
}

void coro_mutex_unlock_awaited(coro_mutex *mutex) {
  for (bool given = false; !given;) {
    uint32_t seen = HELD;
    if (coro_word_change(&mutex->queue, &mutex->word, &seen, 0))
      return; /* the last touch: another one may end it now */
    if (!(seen & HELD))
      __builtin_trap();
    coro_wait_queue_lock(&mutex->queue);
    given = hand_over(mutex);
    coro_wait_queue_unlock(&mutex->queue);
  }
}
