/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 *          begin                  end, done
 *   NEW ----------> RUNNING ------------------> DONE
 *    ^                | ^ |
 *    +----------------+ +-+ end, not done: the next one's
 *      not done and nobody waits
 *
 * Somebody waits only while it is RUNNING.
 */
#include <coro/error.h>
#include <coro/once.h>

enum { NEW = 0, RUNNING = 1, DONE = CORO_ONCE_WAS_DONE };

/* Every waiter's queue is the first member of a coro_once. */
static coro_once *once_of(coro_waiter *waiter) {
  return (coro_once *)waiter->queue;
}

/* Locked. */
static int begin(coro_once *once) {
  if (once->state == RUNNING)
    return CORO_BUSY;
  if (once->state == DONE)
    return CORO_ONCE_DONE;
  __atomic_store_n(&once->state, RUNNING, __ATOMIC_RELAXED);
  return CORO_ONCE_YOURS;
}

/* Locked: it is the next one's. */
static void pass_on(coro_once *once) {
  if (once->queue.first)
    coro_waiter_grant(once->queue.first, CORO_ONCE_YOURS);
  else
    __atomic_store_n(&once->state, NEW, __ATOMIC_RELAXED);
}

static int take(coro_waiter *waiter) {
  waiter->result = begin(once_of(waiter));
  return waiter->result != CORO_BUSY;
}

static void give_back(coro_waiter *waiter) {
  if (waiter->result == CORO_ONCE_YOURS)
    pass_on(once_of(waiter));
}

static const coro_waiter_ops ops = {.take = take, .give_back = give_back};

void coro_once_op_init(coro_once_op *op, coro_once *once) {
  coro_waiter_init(&op->waiter, &once->queue, &ops);
}

int coro_once_try_begin(coro_once *once) {
  if (coro_once_is_done(once))
    return CORO_ONCE_DONE;
  coro_wait_queue_lock(&once->queue);
  int result = begin(once);
  coro_wait_queue_unlock(&once->queue);
  return result;
}

void coro_once_end(coro_once *once, bool done) {
  coro_wait_queue_lock(&once->queue);
  if (once->state != RUNNING)
    __builtin_trap();
  if (done) {
    __atomic_store_n(&once->state, DONE, __ATOMIC_RELEASE);
    while (once->queue.first)
      coro_waiter_grant(once->queue.first, CORO_ONCE_DONE);
  } else {
    pass_on(once);
  }
  coro_wait_queue_unlock(&once->queue);
}
