/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * An operation, between the task that waits for it and whoever performs it, who
 * may be another thread, or a signal handler that interrupts the task's own. So
 * neither side ever waits for the other under a lock; one word says where the
 * operation stands:
 *
 *              submit             took it                finish
 *      NEW ------------> HELD <------------> WAITS ------------> WAKING
 *       ^                 |    another waker                       |
 *       |                 | finish                                 | the waker
 *       |      seen       v                                        v was called
 *       +-------------- DONE <-------------------------------------+
 *
 * Invariants:
 * - the waker is the task's to write while HELD. A performer that ends the
 *   operation then calls no waker: the task is just looking, and finds DONE;
 * - from WAKING to DONE the performer uses the waker, so the task does not go
 *   on, though it may be polled: it polls itself again. What is left then, to
 *   tell a thread that sleeps, touches neither the operation nor the task;
 * - a performer touches nothing of it after DONE, which the task sees no
 *   earlier than all that was written before the end.
 */
#include "operation.h"

#include <coro/capability.h>

static int change(coro_operation *operation, uint32_t from, uint32_t to) {
  return __atomic_compare_exchange_n(&operation->state, &from, to, /*weak=*/0,
                                     __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
}

static void set(coro_operation *operation, uint32_t state) {
  __atomic_store_n(&operation->state, state, __ATOMIC_RELAXED);
}

/* How far it is, where nobody holds it. If it goes on, the context's waker is
 * called. */
static coro_status look(coro_operation *operation, coro_context *cx) {
  uint32_t state = __atomic_load_n(&operation->state, __ATOMIC_ACQUIRE);
  if (state == OPERATION_WAITS) {
    if (operation->waker.ops == cx->waker.ops &&
        operation->waker.data == cx->waker.data)
      return CORO_PENDING;
    if (change(operation, OPERATION_WAITS, OPERATION_HELD)) {
      operation->waker = cx->waker; /* this poll has another one */
      if (change(operation, OPERATION_HELD, OPERATION_WAITS))
        return CORO_PENDING;
    }
    state = __atomic_load_n(&operation->state, __ATOMIC_ACQUIRE);
  }
  if (state == OPERATION_WAKING) {
    coro_wake_local(cx->waker);
    return CORO_PENDING;
  }
  set(operation, OPERATION_NEW);
  return CORO_DONE;
}

/* Gives it to the context's performer. */
static coro_status begin(coro_operation *operation, coro_context *cx) {
  coro_completion *completion = cx->completion;
  if (!completion) {
    operation->result = CORO_NOT_OFFERED;
    return CORO_DONE;
  }
  operation->completion = completion;
  operation->waker = cx->waker;
  set(operation, OPERATION_HELD);
  int error = completion->ops->submit(completion, operation);
  if (error) {
    operation->result = error;
    set(operation, OPERATION_NEW);
    return CORO_DONE;
  }
  return change(operation, OPERATION_HELD, OPERATION_WAITS)
             ? CORO_PENDING
             : look(operation, cx);
}

static coro_status poll_operation(coro_future *future, coro_context *cx) {
  coro_operation *operation = (coro_operation *)future;
  if (__atomic_load_n(&operation->state, __ATOMIC_RELAXED) != OPERATION_NEW)
    return look(operation, cx);
  if (!coro_spend(cx)) {
    coro_wake_local(cx->waker);
    return CORO_PENDING;
  }
  return begin(operation, cx);
}

static coro_status cancel_operation(coro_future *future, coro_context *cx) {
  coro_operation *operation = (coro_operation *)future;
  uint32_t state = __atomic_load_n(&operation->state, __ATOMIC_RELAXED);
  if (state == OPERATION_NEW)
    return CORO_DONE;
  coro_completion *completion = operation->completion;
  /* Forgotten: an end that comes all the same finds OPERATION_NEW, and traps.
   */
  if (state == OPERATION_WAITS &&
      !completion->ops->cancel(completion, operation) &&
      change(operation, OPERATION_WAITS, OPERATION_NEW))
    return CORO_CANCELLED;
  return look(operation, cx) == CORO_DONE ? CORO_CANCELLED : CORO_PENDING;
}

void coro_operation_init(coro_operation *operation, uint32_t code) {
  operation->future = (coro_future){poll_operation, cancel_operation};
  operation->code = code;
  operation->result = 0;
  set(operation, OPERATION_NEW);
}

void coro_operation_finish(coro_operation *operation, int64_t result) {
  operation->result = result;
  uint32_t state = __atomic_load_n(&operation->state, __ATOMIC_RELAXED);
  do {
    if (state != OPERATION_HELD && state != OPERATION_WAITS)
      __builtin_trap();
  } while (!__atomic_compare_exchange_n(
      &operation->state, &state,
      state == OPERATION_HELD ? OPERATION_DONE : OPERATION_WAKING, /*weak=*/0,
      __ATOMIC_ACQ_REL, __ATOMIC_RELAXED));
  if (state == OPERATION_HELD)
    return;
  coro_untold untold = coro_wake_untold(operation->waker);
  __atomic_store_n(&operation->state, OPERATION_DONE, __ATOMIC_RELEASE);
  coro_tell(untold);
}

void coro_operation_finish_here(coro_operation *operation, int64_t result) {
  uint32_t state = __atomic_load_n(&operation->state, __ATOMIC_RELAXED);
  if (state != OPERATION_HELD && state != OPERATION_WAITS)
    __builtin_trap();
  operation->result = result;
  set(operation, OPERATION_DONE);
  if (state == OPERATION_WAITS)
    coro_wake_local(operation->waker);
}
