/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * The waiting calls of all primitives, where what can be tried at once was
 * tried by the header: they wait for the op, which gives way first if there is
 * no fuel. Compiled twice: with the plugin, and with CORO_ERASE_EFFECTS, where
 * they block the thread.
 */
#define CORO_DEFINE_TRIES
#include "wait_for.h"

#include <coro/coro.h>

yields void coro_mutex_lock_wait(coro_mutex *mutex) {
  coro_mutex_lock_op op;
  coro_mutex_lock_op_init(&op, mutex);
  coro_wait(&op);
}

yields int coro_mutex_lock_for(coro_mutex *mutex, uint64_t ns) {
  coro_mutex_lock_op op;
  coro_mutex_lock_op_init(&op, mutex);
  return WAIT_FOR(&op.waiter.future, ns, 0);
}

yields void coro_rwlock_read_wait(coro_rwlock *lock) {
  coro_rwlock_op op;
  coro_rwlock_read_op_init(&op, lock);
  coro_wait(&op);
}

yields int coro_rwlock_read_for(coro_rwlock *lock, uint64_t ns) {
  coro_rwlock_op op;
  coro_rwlock_read_op_init(&op, lock);
  return WAIT_FOR(&op.waiter.future, ns, 0);
}

yields void coro_rwlock_write_wait(coro_rwlock *lock) {
  coro_rwlock_op op;
  coro_rwlock_write_op_init(&op, lock);
  coro_wait(&op);
}

yields int coro_rwlock_write_for(coro_rwlock *lock, uint64_t ns) {
  coro_rwlock_op op;
  coro_rwlock_write_op_init(&op, lock);
  return WAIT_FOR(&op.waiter.future, ns, 0);
}

yields void coro_semaphore_acquire_wait(coro_semaphore *semaphore, uint32_t k) {
  coro_semaphore_acquire_op op;
  coro_semaphore_acquire_op_init(&op, semaphore, k);
  coro_wait(&op);
}

yields int coro_semaphore_acquire_for(coro_semaphore *semaphore, uint32_t k,
                                      uint64_t ns) {
  coro_semaphore_acquire_op op;
  coro_semaphore_acquire_op_init(&op, semaphore, k);
  return WAIT_FOR(&op.waiter.future, ns, 0);
}

yields void coro_event_wait_set(coro_event *event) {
  coro_event_wait_op op;
  coro_event_wait_op_init(&op, event);
  coro_wait(&op);
}

yields int coro_event_wait_for(coro_event *event, uint64_t ns) {
  coro_event_wait_op op;
  coro_event_wait_op_init(&op, event);
  return WAIT_FOR(&op.waiter.future, ns, 0);
}

yields int coro_once_begin_wait(coro_once *once) {
  coro_once_op op;
  coro_once_op_init(&op, once);
  coro_wait(&op);
  return op.waiter.result;
}

yields int coro_once_begin_for(coro_once *once, uint64_t ns) {
  coro_once_op op;
  coro_once_op_init(&op, once);
  return WAIT_FOR(&op.waiter.future, ns, op.waiter.result);
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
  return WAIT_FOR(&op.waiter.future, ns, op.waiter.result);
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
  return WAIT_FOR(&op.future, ns, 0);
}
