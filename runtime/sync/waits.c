/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * The waiting calls of all primitives: try, and where that does not do, wait
 * for the op. Compiled twice: with the plugin, and with CORO_ERASE_EFFECTS,
 * where they block the thread.
 */
#include "wait_for.h"

#include <coro/coro.h>

yields void coro_mutex_lock(coro_mutex *mutex) {
  if (coro_mutex_try_lock(mutex))
    return;
  coro_mutex_lock_op op;
  coro_mutex_lock_op_init(&op, mutex);
  coro_wait(&op);
}

yields int coro_mutex_lock_for(coro_mutex *mutex, uint64_t ns) {
  if (coro_mutex_try_lock(mutex))
    return 0;
  coro_mutex_lock_op op;
  coro_mutex_lock_op_init(&op, mutex);
  return WAIT_FOR(&op.waiter.future, ns) ? 0 : CORO_TIMED_OUT;
}

yields void coro_rwlock_read(coro_rwlock *lock) {
  if (coro_rwlock_try_read(lock))
    return;
  coro_rwlock_op op;
  coro_rwlock_read_op_init(&op, lock);
  coro_wait(&op);
}

yields int coro_rwlock_read_for(coro_rwlock *lock, uint64_t ns) {
  if (coro_rwlock_try_read(lock))
    return 0;
  coro_rwlock_op op;
  coro_rwlock_read_op_init(&op, lock);
  return WAIT_FOR(&op.waiter.future, ns) ? 0 : CORO_TIMED_OUT;
}

yields void coro_rwlock_write(coro_rwlock *lock) {
  if (coro_rwlock_try_write(lock))
    return;
  coro_rwlock_op op;
  coro_rwlock_write_op_init(&op, lock);
  coro_wait(&op);
}

yields int coro_rwlock_write_for(coro_rwlock *lock, uint64_t ns) {
  if (coro_rwlock_try_write(lock))
    return 0;
  coro_rwlock_op op;
  coro_rwlock_write_op_init(&op, lock);
  return WAIT_FOR(&op.waiter.future, ns) ? 0 : CORO_TIMED_OUT;
}

yields void coro_semaphore_acquire(coro_semaphore *semaphore, uint32_t k) {
  if (coro_semaphore_try_acquire(semaphore, k))
    return;
  coro_semaphore_acquire_op op;
  coro_semaphore_acquire_op_init(&op, semaphore, k);
  coro_wait(&op);
}

yields int coro_semaphore_acquire_for(coro_semaphore *semaphore, uint32_t k,
                                      uint64_t ns) {
  if (coro_semaphore_try_acquire(semaphore, k))
    return 0;
  coro_semaphore_acquire_op op;
  coro_semaphore_acquire_op_init(&op, semaphore, k);
  return WAIT_FOR(&op.waiter.future, ns) ? 0 : CORO_TIMED_OUT;
}

/* Not without the queue's lock: whoever sets it has let go of it then. */
yields void coro_event_wait(coro_event *event) {
  coro_event_wait_op op;
  coro_event_wait_op_init(&op, event);
  coro_wait(&op);
}

yields int coro_event_wait_for(coro_event *event, uint64_t ns) {
  coro_event_wait_op op;
  coro_event_wait_op_init(&op, event);
  return WAIT_FOR(&op.waiter.future, ns) ? 0 : CORO_TIMED_OUT;
}

yields int coro_once_begin(coro_once *once) {
  int result = coro_once_try_begin(once);
  if (result != CORO_BUSY)
    return result;
  coro_once_op op;
  coro_once_op_init(&op, once);
  coro_wait(&op);
  return op.waiter.result;
}

yields int coro_once_begin_for(coro_once *once, uint64_t ns) {
  int result = coro_once_try_begin(once);
  if (result != CORO_BUSY)
    return result;
  coro_once_op op;
  coro_once_op_init(&op, once);
  return WAIT_FOR(&op.waiter.future, ns) ? op.waiter.result : CORO_TIMED_OUT;
}

yields int coro_barrier_wait(coro_barrier *barrier) {
  coro_barrier_wait_op op;
  coro_barrier_wait_op_init(&op, barrier);
  coro_wait(&op);
  return op.waiter.result;
}

yields int coro_barrier_wait_for(coro_barrier *barrier, uint64_t ns) {
  coro_barrier_wait_op op;
  coro_barrier_wait_op_init(&op, barrier);
  return WAIT_FOR(&op.waiter.future, ns) ? op.waiter.result : CORO_TIMED_OUT;
}

yields void coro_condition_wait(coro_condition *condition, coro_mutex *mutex) {
  coro_condition_wait_op op;
  coro_condition_wait_op_init(&op, condition, mutex);
  coro_wait(&op);
}

yields int coro_condition_wait_for(coro_condition *condition, coro_mutex *mutex,
                                   uint64_t ns) {
  coro_condition_wait_op op;
  coro_condition_wait_op_init(&op, condition, mutex);
  return WAIT_FOR(&op.future, ns) ? 0 : CORO_TIMED_OUT;
}
