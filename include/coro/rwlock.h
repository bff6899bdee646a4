/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * A lock that any number of tasks hold to read, or one to write. First come,
 * first served: a reader that comes while a writer waits waits behind it, and
 * all readers up to the next writer get in together. So neither starves. For
 * the rest, local and shared, it is as coro_mutex. A reader that locks it once
 * more while a writer waits waits for itself.
 */
#ifndef CORO_RWLOCK_H
#define CORO_RWLOCK_H

#include <coro/locking.h>
#include <coro/wait.h>
#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Opaque: the members belong to the runtime. */
typedef struct CORO_TASK_LOCK("rwlock") coro_rwlock {
  coro_wait_queue queue;
  uint32_t word; /* atomic, where shared: see runtime/sync/word.h */
} coro_rwlock;

#define CORO_RWLOCK_INIT {CORO_WAIT_QUEUE_INIT, 0}
#define CORO_RWLOCK_SHARED_INIT {CORO_WAIT_QUEUE_SHARED_INIT, 0}

/* True if it could be had without waiting, and nobody waits. Never waits. */
bool coro_rwlock_try_read(coro_rwlock *lock) CORO_TRIES_LOCK_SHARED(true, lock);
bool coro_rwlock_try_write(coro_rwlock *lock) CORO_TRIES_LOCK(true, lock);

/* Gives back what was locked to read, or to write. Trap where it is not locked
 * so. Never wait. */
void coro_rwlock_end_read(coro_rwlock *lock) CORO_UNLOCKS_SHARED(lock);
void coro_rwlock_end_write(coro_rwlock *lock) CORO_UNLOCKS(lock);

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

CORO_CANCEL_SAFE CORO_YIELDS void coro_rwlock_read(coro_rwlock *lock)
    CORO_FRAME(80) CORO_LOCKS_SHARED(lock);
CORO_CANCEL_SAFE CORO_YIELDS void coro_rwlock_write(coro_rwlock *lock)
    CORO_FRAME(80) CORO_LOCKS(lock);

/* 0, or CORO_TIMED_OUT, as coro_mutex_lock_for. */
CORO_CANCEL_SAFE CORO_YIELDS int coro_rwlock_read_for(coro_rwlock *lock,
                                                      uint64_t ns)
    CORO_FRAME(144) CORO_TRIES_LOCK_SHARED(0, lock);
CORO_CANCEL_SAFE CORO_YIELDS int coro_rwlock_write_for(coro_rwlock *lock,
                                                       uint64_t ns)
    CORO_FRAME(144) CORO_TRIES_LOCK(0, lock);

#endif

#ifdef __cplusplus
}
#endif

#endif
