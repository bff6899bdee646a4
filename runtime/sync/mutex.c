/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * The mutex. Its word, beside AWAITED (see coro/lock_word.h):
 *
 *   HELD    somebody has it
 *   WOKEN   the first who waits was woken, and is on its way
 *   NEXT    the first who waits came and found it held: it gets it next
 *   PASSES  how often it became free while the first who waits waited
 *
 * A local one has HELD alone. It is handed over: while anybody waits it does
 * not become free.
 *
 * A shared one becomes free, the first who waits is woken, and whoever comes by
 * before that one gets in. To hand it over would have everybody wait until a
 * thread has got up, which takes longer than most locks are held for. It is
 * handed over all the same
 * - to who is NEXT: a task that has run, and spun, and did not get it waits for
 *   no more than the one who holds it then;
 * - after MOST_PASSES: however long it takes a task to run, it is passed by no
 *   more than that came after it.
 *
 * Each waiter notes, in its `result`, how many passes its queue had seen when
 * it came, counted from when the queue was last empty; PASSES is what came
 * later than that, for the first. So the count goes on where the first changes:
 * it is that of each waiter's own wait.
 *
 * Invariants of a shared one:
 * - AWAITED and not HELD: WOKEN. So nobody is forgotten: WOKEN is taken back
 *   under the queue's lock by the one it speaks of, which has got the mutex, or
 *   finds it HELD, by one who looks at the queue then, or wakes its successor;
 * - a word with HELD is changed by who holds it, when it becomes free, and
 *   under the queue's lock; one without by whoever takes it, too;
 * - who makes it free while it is WOKEN does not touch it afterwards. Who wakes
 *   does, under the queue's lock, which the woken one takes before it goes on.
 */
#include "settle.h"

#include <coro/mutex.h>

static const uint32_t HELD = CORO_MUTEX_HELD;
static const uint32_t WOKEN = CORO_MUTEX_HELD << 1;
static const uint32_t NEXT = CORO_MUTEX_HELD << 2;
static const uint32_t PASS = CORO_MUTEX_HELD << 3;

/* Fewer in the tests that try all interleavings. */
#ifndef MOST_PASSES
#define MOST_PASSES CORO_MUTEX_MOST_PASSES
#endif

/* Every waiter's queue is the first member of a mutex. */
static coro_mutex *mutex_of(coro_waiter *waiter) {
  return (coro_mutex *)waiter->queue;
}

static uint32_t passes(uint32_t word) { return (word & ~CORO_AWAITED) / PASS; }

/* How many the queue has seen. `first` is, or was up to now, its first. */
static uint32_t all_passes(const coro_waiter *first, uint32_t word) {
  return (uint32_t)first->result + passes(word);
}

static bool change(coro_mutex *mutex, uint32_t *from, uint32_t to) {
  return coro_word_change(&mutex->queue, &mutex->word, from, to);
}

/* Where nobody else changes it: see above. */
static void set(coro_mutex *mutex, uint32_t word) {
  __atomic_store_n(&mutex->word, word, __ATOMIC_RELEASE);
}

/* Locked: what the word says of a queue that has seen so many passes. */
static uint32_t awaited(const coro_mutex *mutex, uint32_t all) {
  const coro_waiter *first = mutex->queue.first;
  return first ? CORO_AWAITED + (all - (uint32_t)first->result) * PASS : 0;
}

static int take(coro_waiter *waiter) {
  coro_mutex *mutex = mutex_of(waiter);
  const coro_waiter *first = mutex->queue.first;
  uint32_t seen = coro_word_read(&mutex->word);
  do
    waiter->result =
        seen & HELD && first ? (int32_t)all_passes(first, seen) : 0;
  while (!change(mutex, &seen, seen | (seen & HELD ? CORO_AWAITED : HELD)));
  return !(seen & HELD);
}

/* It is had: nobody else changes the word. */
static void leave_with_it(coro_waiter *waiter) {
  coro_mutex *mutex = mutex_of(waiter);
  uint32_t all = all_passes(waiter, coro_word_read(&mutex->word));
  coro_waiter_dequeue(waiter);
  waiter->result = 0;
  set(mutex, HELD | awaited(mutex, all));
}

static int retry(coro_waiter *waiter, int has) {
  coro_mutex *mutex = mutex_of(waiter);
  uint32_t seen = coro_word_read(&mutex->word);
  while (!has) {
    uint32_t held = seen & HELD;
    if (!change(mutex, &seen, held ? (seen & ~WOKEN) | NEXT : seen | HELD))
      continue;
    if (held)
      return 0;
    has = 1;
  }
  leave_with_it(waiter);
  return 1;
}

static int hurry(coro_waiter *waiter) {
  coro_mutex *mutex = mutex_of(waiter);
  uint32_t seen = coro_word_read(&mutex->word);
  if (!(seen & HELD))
    return change(mutex, &seen, seen | HELD);
  uint32_t state = __atomic_load_n(&waiter->state, __ATOMIC_RELAXED);
  return seen & CORO_AWAITED && state != CORO_WAITER_WOKEN ? -1 : 0;
}

/* Locked, by whoever holds it, while somebody waits. */
static void pass_on(coro_mutex *mutex) {
  coro_waiter *first = mutex->queue.first;
  uint32_t word = coro_word_read(&mutex->word);
  if (!mutex->queue.shared || word & NEXT || passes(word) >= MOST_PASSES) {
    uint32_t all = all_passes(first, word);
    coro_waiter_grant(first, 0);
    set(mutex, HELD | awaited(mutex, all));
    return;
  }
  set(mutex, (word - HELD + PASS) | WOKEN);
  if (!(word & WOKEN))
    coro_waiter_wake(first);
}

static void give_back(coro_waiter *waiter) {
  coro_mutex *mutex = mutex_of(waiter);
  if (mutex->queue.first)
    pass_on(mutex);
  else
    set(mutex, 0);
}

/* For those before it nothing changes. Where it was the first, and woken, so is
 * the next; or whoever holds the mutex looks at the queue. */
static void left(coro_waiter *waiter) {
  if (waiter->prev)
    return;
  coro_mutex *mutex = mutex_of(waiter);
  coro_waiter *next = mutex->queue.first;
  uint32_t seen = coro_word_read(&mutex->word), held, woken;
  do {
    held = seen & HELD;
    woken = next && !held ? WOKEN : 0;
  } while (!change(mutex, &seen,
                   awaited(mutex, all_passes(waiter, seen)) | held | woken));
  if (woken)
    coro_waiter_wake(next);
}

static const coro_waiter_ops ops = {take, give_back, left, retry, hurry};

void coro_mutex_lock_op_init(coro_mutex_lock_op *op, coro_mutex *mutex) {
  coro_waiter_init(&op->waiter, &mutex->queue, &ops);
}

/* True if somebody waited. */
static bool unlock_and_pass_on(coro_mutex *mutex) {
  coro_wait_queue_lock(&mutex->queue);
  bool waited = mutex->queue.first;
  if (waited)
    pass_on(mutex);
  coro_wait_queue_unlock(&mutex->queue);
  return waited;
}

void coro_mutex_unlock_awaited(coro_mutex *mutex) {
  for (;;) {
    uint32_t seen = coro_word_read(&mutex->word);
    if (!(seen & HELD))
      __builtin_trap();
    bool free = !(seen & CORO_AWAITED);
    bool pass = seen & WOKEN && passes(seen) < MOST_PASSES;
    /* Each is the last touch: another one may end the mutex then. */
    if (free || pass ? change(mutex, &seen, seen - HELD + (free ? 0 : PASS))
                     : unlock_and_pass_on(mutex))
      return;
  }
}
