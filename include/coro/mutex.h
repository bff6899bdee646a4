/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * A mutex for tasks. Who finds it locked waits, and the thread runs other
 * tasks meanwhile; so it may be held across suspensions. Not recursive. Takes
 * no memory. Not for signal handlers.
 *
 * A local mutex (CORO_MUTEX_INIT) is for the tasks of one thread and needs no
 * atomic operation. First come, first served: unlocking gives it to the one
 * that has waited longest, and nobody gets in between.
 *
 * A shared one (CORO_MUTEX_SHARED_INIT) may be used from several threads, by
 * tasks and by plain threads (coro_block_on). Those who wait get it in their
 * order, too; but while the first of them is woken it is free, and whoever
 * comes by then passes them. A task is passed by CORO_MUTEX_MOST_PASSES at most
 * that came after it; and by nobody any more once it has run and found the
 * mutex locked again: then it is given the mutex by who unlocks it. A task that
 * finds it locked first spins for some microseconds, where the program runs on
 * several processors and the task's thread has nothing else to do.
 *
 * It is unlocked by whoever holds it, on any thread. Its storage may go once it
 * is unlocked and nobody waits: as with a count that it guards, where the last
 * one unlocks it and ends it. Who waits and is cancelled does not get it:
 * what was given to it already goes to the next.
 */
#ifndef CORO_MUTEX_H
#define CORO_MUTEX_H

#include <coro/lock_word.h>
#include <coro/locking.h>
#include <coro/try_first.h>

#ifdef __cplusplus
extern "C" {
#endif

/* By how many that came later a task is passed, at most, that waits for a
 * shared one: as many as lock it, for as short as can be, in the milliseconds
 * that a woken thread may wait for a processor. */
#define CORO_MUTEX_MOST_PASSES 262144

/* Opaque: the members belong to the runtime. */
typedef struct CORO_TASK_LOCK("mutex") coro_mutex {
  coro_wait_queue queue;
  uint32_t word; /* atomic, where shared: see lock_word.h */
} coro_mutex;

#define CORO_MUTEX_INIT {CORO_WAIT_QUEUE_INIT, 0}
#define CORO_MUTEX_SHARED_INIT {CORO_WAIT_QUEUE_SHARED_INIT, 0}

/* Locks it if it is free: true. A local one is not free while anybody waits.
 * Never waits. */
static inline bool coro_mutex_try_lock(coro_mutex *mutex)
    CORO_TRIES_LOCK(true, mutex);

/* The next one gets it, or is woken. Traps where it is not locked. Never waits.
 */
static inline void coro_mutex_unlock(coro_mutex *mutex) CORO_UNLOCKS(mutex);

/* Nothing; tells -Wthread-safety that it is held: after an op was done. */
static inline void coro_mutex_is_held(coro_mutex *mutex)
    CORO_SAYS_LOCKED(mutex) {
  (void)mutex;
}

/*
 * Locking it, as a future: an arm of coro_race, say. Done means locked.
 * Cancelled, or never polled, it has not locked it.
 */
typedef struct coro_mutex_lock_op {
  coro_waiter waiter; /* wait for &op.waiter.future, or for &op */
} coro_mutex_lock_op;

/* Before each wait. */
void coro_mutex_lock_op_init(coro_mutex_lock_op *op, coro_mutex *mutex);

#ifdef CORO_HAS_EFFECTS

/* Locks it; waits until it can. */
CORO_TRIES_FIRST void coro_mutex_lock(coro_mutex *mutex) CORO_TRIES_FRAME(96)
    CORO_LOCKS(mutex);

/* Waits for ns nanoseconds at most: 0, or CORO_TIMED_OUT and it is not locked.
 * CORO_NOT_OFFERED, at once, where it would have to wait and the context has no
 * timers; unless ns is CORO_FOREVER. All forms with a limit are so. */
CORO_CANCEL_SAFE CORO_YIELDS int coro_mutex_lock_for(coro_mutex *mutex,
                                                     uint64_t ns)
    CORO_FRAME(144) CORO_TRIES_LOCK(0, mutex);

#endif

/* The rest is for the functions above: a free mutex is locked, and one that
 * nobody waits for unlocked, here. */

#define CORO_MUTEX_HELD UINT32_C(1)

/* Somebody waits, or did, or it is not locked. */
void coro_mutex_unlock_awaited(coro_mutex *mutex);

CORO_LOCK_UNCHECKED
static inline bool coro_mutex_try_lock(coro_mutex *mutex) {
  uint32_t seen = coro_word_read(&mutex->word);
  while (!(seen & CORO_MUTEX_HELD))
    if (coro_word_change(&mutex->queue, &mutex->word, &seen,
                         seen | CORO_MUTEX_HELD))
      return true;
  return false;
}

/* The word is the last touch: another one may end the mutex then. */
CORO_LOCK_UNCHECKED
static inline void coro_mutex_unlock(coro_mutex *mutex) {
  uint32_t seen = coro_word_read(&mutex->word);
  if (seen != CORO_MUTEX_HELD ||
      !coro_word_change(&mutex->queue, &mutex->word, &seen, 0))
    coro_mutex_unlock_awaited(mutex);
}

#ifdef CORO_TRIES_HERE

CORO_CANCEL_SAFE CORO_YIELDS void coro_mutex_lock_wait(coro_mutex *mutex)
    CORO_FRAME(80);

CORO_LOCK_UNCHECKED CORO_TRIES_FIRST void coro_mutex_lock(coro_mutex *mutex) {
  if (!CORO_TRIED(coro_mutex_try_lock(mutex)))
    coro_mutex_lock_wait(mutex);
}

#endif

#ifdef __cplusplus
}
#endif

#endif
