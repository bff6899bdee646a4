/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* The lock of many readers or one writer. Its word is how many READERS hold it,
 * or WRITER, and AWAITED: see coro/lock_word.h. */
#include "settle.h"

#include <coro/rwlock.h>
#include <stddef.h>

static const uint32_t WRITER = CORO_RWLOCK_WRITER;
static const uint32_t READERS = CORO_RWLOCK_READERS;

/* Every waiter's queue is the first member of a lock. */
static coro_rwlock *lock_of(coro_waiter *waiter) {
  return (coro_rwlock *)waiter->queue;
}

static bool change(coro_rwlock *lock, uint32_t *from, uint32_t to) {
  return coro_word_change(&lock->queue, &lock->word, from, to);
}

static bool may_read(uint32_t word) { return word < READERS; }

static int take_to_read(coro_waiter *waiter) {
  coro_rwlock *lock = lock_of(waiter);
  uint32_t seen = coro_word_read(&lock->word);
  while (!change(lock, &seen, may_read(seen) ? seen + 1 : seen | CORO_AWAITED))
    ;
  return may_read(seen);
}

static int take_to_write(coro_waiter *waiter) {
  coro_rwlock *lock = lock_of(waiter);
  uint32_t seen = coro_word_read(&lock->word);
  while (!change(lock, &seen, seen ? seen | CORO_AWAITED : WRITER))
    ;
  return !seen;
}

static bool writes(const coro_waiter *waiter) {
  return waiter->ops->take == take_to_write;
}

/* Locked, while somebody waits or did: `word` is held beside. Lets in those at
 * the head of the queue that can be, and says so in the lock's word. */
static void let_in(coro_rwlock *lock, uint32_t word) {
  coro_waiter *first;
  while ((first = lock->queue.first)) {
    if (writes(first) ? word != 0 : !may_read(word))
      break;
    word = writes(first) ? WRITER : word + 1;
    coro_waiter_grant(first, 0);
  }
  coro_word_settle(&lock->queue, &lock->word, word);
}

static void give_back(coro_waiter *waiter) {
  coro_rwlock *lock = lock_of(waiter);
  uint32_t held = writes(waiter) ? WRITER : 1;
  uint32_t seen = coro_word_read(&lock->word);
  while (!(seen & CORO_AWAITED))
    if (change(lock, &seen, seen - held))
      return;
  let_in(lock, (seen & ~CORO_AWAITED) - held);
}

/* It was in the queue, so AWAITED is set. */
static void left(coro_waiter *waiter) {
  coro_rwlock *lock = lock_of(waiter);
  let_in(lock, coro_word_read(&lock->word) & ~CORO_AWAITED);
}

/* Before it is in the queue. */
static int hurry(coro_waiter *waiter) {
  coro_rwlock *lock = lock_of(waiter);
  if (writes(waiter) ? coro_rwlock_try_write(lock) : coro_rwlock_try_read(lock))
    return 1;
  return coro_word_read(&lock->word) & CORO_AWAITED ? -1 : 0;
}

static const coro_waiter_ops reading = {take_to_read, give_back, left, NULL,
                                        hurry};
static const coro_waiter_ops writing = {take_to_write, give_back, left, NULL,
                                        hurry};

void coro_rwlock_read_op_init(coro_rwlock_op *op, coro_rwlock *lock) {
  coro_waiter_init(&op->waiter, &lock->queue, &reading);
}

void coro_rwlock_write_op_init(coro_rwlock_op *op, coro_rwlock *lock) {
  coro_waiter_init(&op->waiter, &lock->queue, &writing);
}

/* Somebody waits, or did: true if that was told. */
static bool end_and_let_in(coro_rwlock *lock, uint32_t held) {
  coro_wait_queue_lock(&lock->queue);
  bool awaited = lock->queue.first;
  if (awaited)
    let_in(lock, (coro_word_read(&lock->word) & ~CORO_AWAITED) - held);
  coro_wait_queue_unlock(&lock->queue);
  return awaited;
}

void coro_rwlock_end(coro_rwlock *lock, uint32_t held, uint32_t kind) {
  for (;;) {
    uint32_t seen = coro_word_read(&lock->word);
    if (!(seen & kind))
      __builtin_trap();
    /* Either is the last touch: another one may end the lock then. */
    if (seen & CORO_AWAITED ? end_and_let_in(lock, held)
                            : change(lock, &seen, seen - held))
      return;
  }
}
