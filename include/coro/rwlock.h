/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * A lock that any number of tasks hold to read, or one to write. First come,
 * first served: a reader that comes while a writer waits waits behind it, and
 * all readers up to the next writer get in together. So neither starves, and
 * nobody who waits is passed, be it local or shared. For the rest it is as
 * coro_mutex. A reader that locks it once more while a writer waits waits for
 * itself.
 */
#ifndef CORO_RWLOCK_H
#define CORO_RWLOCK_H

#include <coro/lock_word.h>
#include <coro/locking.h>
#include <coro/try_first.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Opaque: the members belong to the runtime. */
typedef struct CORO_TASK_LOCK("rwlock") coro_rwlock {
  coro_wait_queue queue;
  uint32_t word; /* atomic, where shared: see lock_word.h */
} coro_rwlock;

#define CORO_RWLOCK_INIT {CORO_WAIT_QUEUE_INIT, 0}
#define CORO_RWLOCK_SHARED_INIT {CORO_WAIT_QUEUE_SHARED_INIT, 0}

/* True if it could be had without waiting, and nobody waits. Never waits. */
static inline bool coro_rwlock_try_read(coro_rwlock *lock)
    CORO_TRIES_LOCK_SHARED(true, lock);
static inline bool coro_rwlock_try_write(coro_rwlock *lock)
    CORO_TRIES_LOCK(true, lock);

/* Gives back what was locked to read, or to write. Trap where it is not locked
 * so. Never wait. */
static inline void coro_rwlock_end_read(coro_rwlock *lock)
    CORO_UNLOCKS_SHARED(lock);
static inline void coro_rwlock_end_write(coro_rwlock *lock) CORO_UNLOCKS(lock);

/* Nothing; tell -Wthread-safety that it is held: after an op was done. */
static inline void coro_rwlock_is_read(coro_rwlock *lock)
    CORO_SAYS_LOCKED_SHARED(lock) {
  (void)lock;
}
static inline void coro_rwlock_is_written(coro_rwlock *lock)
    CORO_SAYS_LOCKED(lock) {
  (void)lock;
}

/* Locking it, as a future, as coro_mutex_lock_op. */
typedef struct coro_rwlock_op {
  coro_waiter waiter;
} coro_rwlock_op;

void coro_rwlock_read_op_init(coro_rwlock_op *op, coro_rwlock *lock);
void coro_rwlock_write_op_init(coro_rwlock_op *op, coro_rwlock *lock);

#ifdef CORO_HAS_EFFECTS

CORO_TRIES_FIRST void coro_rwlock_read(coro_rwlock *lock) CORO_TRIES_FRAME(96)
    CORO_LOCKS_SHARED(lock);
CORO_TRIES_FIRST void coro_rwlock_write(coro_rwlock *lock) CORO_TRIES_FRAME(96)
    CORO_LOCKS(lock);

/* 0, or CORO_TIMED_OUT, as coro_mutex_lock_for. */
CORO_CANCEL_SAFE CORO_YIELDS int coro_rwlock_read_for(coro_rwlock *lock,
                                                      uint64_t ns)
    CORO_FRAME(144) CORO_TRIES_LOCK_SHARED(0, lock);
CORO_CANCEL_SAFE CORO_YIELDS int coro_rwlock_write_for(coro_rwlock *lock,
                                                       uint64_t ns)
    CORO_FRAME(144) CORO_TRIES_LOCK(0, lock);

#endif

/* The rest is for the functions above: what needs nobody else is done here. */

#define CORO_RWLOCK_WRITER (UINT32_C(1) << 30)
#define CORO_RWLOCK_READERS (CORO_RWLOCK_WRITER - 1)

/* The word has `held` in it, which is of the bits `kind`: gives it back. Traps
 * where it has not. */
void coro_rwlock_end(coro_rwlock *lock, uint32_t held, uint32_t kind);

CORO_LOCK_UNCHECKED
static inline bool coro_rwlock_try_read(coro_rwlock *lock) {
  uint32_t seen = coro_word_read(&lock->word);
  while (seen < CORO_RWLOCK_READERS)
    if (coro_word_change(&lock->queue, &lock->word, &seen, seen + 1))
      return true;
  return false;
}

CORO_LOCK_UNCHECKED
static inline bool coro_rwlock_try_write(coro_rwlock *lock) {
  uint32_t seen = 0;
  return coro_word_change(&lock->queue, &lock->word, &seen, CORO_RWLOCK_WRITER);
}

/* The word is the last touch of either: another one may end the lock then. */
CORO_LOCK_UNCHECKED
static inline void coro_rwlock_end_read(coro_rwlock *lock) {
  uint32_t seen = coro_word_read(&lock->word);
  if (seen - 1 >= CORO_RWLOCK_READERS ||
      !coro_word_change(&lock->queue, &lock->word, &seen, seen - 1))
    coro_rwlock_end(lock, 1, CORO_RWLOCK_READERS);
}

CORO_LOCK_UNCHECKED
static inline void coro_rwlock_end_write(coro_rwlock *lock) {
  uint32_t seen = CORO_RWLOCK_WRITER;
  if (!coro_word_change(&lock->queue, &lock->word, &seen, 0))
    coro_rwlock_end(lock, CORO_RWLOCK_WRITER, CORO_RWLOCK_WRITER);
}

#ifdef CORO_TRIES_HERE

CORO_CANCEL_SAFE CORO_YIELDS void coro_rwlock_read_wait(coro_rwlock *lock)
    CORO_FRAME(80);
CORO_CANCEL_SAFE CORO_YIELDS void coro_rwlock_write_wait(coro_rwlock *lock)
    CORO_FRAME(80);

CORO_LOCK_UNCHECKED CORO_TRIES_FIRST void coro_rwlock_read(coro_rwlock *lock) {
  if (!CORO_TRIED(coro_rwlock_try_read(lock)))
    coro_rwlock_read_wait(lock);
}

CORO_LOCK_UNCHECKED CORO_TRIES_FIRST void coro_rwlock_write(coro_rwlock *lock) {
  if (!CORO_TRIED(coro_rwlock_try_write(lock)))
    coro_rwlock_write_wait(lock);
}

#endif

#ifdef __cplusplus
}
#endif

#endif
