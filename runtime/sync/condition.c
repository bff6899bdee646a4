/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * The condition. A wait goes through
 *
 *        first poll: queued,         notified
 *        the mutex unlocked        or cancelled          locked
 *   NEW -------------------> WAITS -----------> LOCKS ----------> OVER
 *
 * It is in the condition's queue before the mutex is unlocked: so no
 * notification is missed of whoever locks the mutex next. LOCKS always ends
 * with the mutex held, whether the wait is cancelled or not.
 *
 * A notification is used up once the task goes on. Where the wait is cancelled
 * before, it goes to the next one.
 */
#include <coro/condition.h>

enum { NEW = 0, WAITS = 1, LOCKS = 2, LOCKS_CANCELLED = 3, OVER = 4 };

/* Locked. */
static void notify_next(coro_wait_queue *queue) {
  if (queue->first)
    coro_waiter_grant(queue->first, 0);
}

static void notify(coro_wait_queue *queue) {
  coro_wait_queue_lock(queue);
  notify_next(queue);
  coro_wait_queue_unlock(queue);
}

static void give_back(coro_waiter *waiter) { notify_next(waiter->queue); }

static const coro_waiter_ops ops = {.give_back = give_back};

static void begin_lock(coro_condition_wait_op *op, uint32_t stage) {
  coro_mutex_lock_op lock;
  coro_mutex_lock_op_init(&lock, op->mutex);
  op->waiter = lock.waiter;
  op->stage = stage;
}

/* Nothing has happened before one waits: there is nothing to try, and no fuel
 * to spend. */
static void begin_wait(coro_waiter *waiter, coro_waker waker) {
  coro_wait_queue_lock(waiter->queue);
  waiter->waker = waker;
  coro_waiter_enqueue(waiter);
  coro_wait_queue_unlock(waiter->queue);
}

static coro_status poll_inner(coro_condition_wait_op *op, coro_context *cx) {
  return op->waiter.future.poll(&op->waiter.future, cx);
}

static coro_status poll_wait(coro_future *future, coro_context *cx) {
  coro_condition_wait_op *op = (coro_condition_wait_op *)future;
  if (op->stage == NEW) {
    begin_wait(&op->waiter, cx->waker);
    op->stage = WAITS;
    coro_mutex_unlock(op->mutex);
    return CORO_PENDING;
  }
  if (op->stage == WAITS) {
    if (poll_inner(op, cx) == CORO_PENDING)
      return CORO_PENDING;
    begin_lock(op, LOCKS);
  }
  if (op->stage != OVER && poll_inner(op, cx) == CORO_PENDING)
    return CORO_PENDING;
  op->stage = OVER;
  return CORO_DONE;
}

static coro_status cancel_wait(coro_future *future, coro_context *cx) {
  coro_condition_wait_op *op = (coro_condition_wait_op *)future;
  if (op->stage == NEW || op->stage == OVER)
    return CORO_DONE;
  if (op->stage == WAITS) {
    coro_future_cancel(&op->waiter.future, cx);
    begin_lock(op, LOCKS_CANCELLED);
  } else if (op->stage == LOCKS) {
    notify(&op->condition->queue);
    op->stage = LOCKS_CANCELLED;
  }
  if (poll_inner(op, cx) == CORO_PENDING)
    return CORO_PENDING;
  op->stage = OVER;
  return CORO_CANCELLED;
}

void coro_condition_wait_op_init(coro_condition_wait_op *op,
                                 coro_condition *condition, coro_mutex *mutex) {
  op->future = (coro_future){poll_wait, cancel_wait};
  op->condition = condition;
  op->mutex = mutex;
  op->stage = NEW;
  coro_waiter_init(&op->waiter, &condition->queue, &ops);
}

void coro_condition_notify(coro_condition *condition) {
  notify(&condition->queue);
}

void coro_condition_notify_all(coro_condition *condition) {
  coro_wait_queue_lock(&condition->queue);
  while (condition->queue.first)
    coro_waiter_grant(condition->queue.first, 0);
  coro_wait_queue_unlock(&condition->queue);
}
