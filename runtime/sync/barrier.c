/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* The barrier. Who waits is counted; the last one is never in the queue. */
#include <coro/barrier.h>

/* Every waiter's queue is the first member of a barrier. */
static coro_barrier *barrier_of(coro_waiter *waiter) {
  return (coro_barrier *)waiter->queue;
}

/* Locked: true, and all go, if the caller is the last. */
static bool open(coro_barrier *barrier) {
  if (barrier->waiting + 1 < barrier->n)
    return false;
  while (barrier->queue.first)
    coro_waiter_grant(barrier->queue.first, 0);
  barrier->waiting = 0;
  return true;
}

static int take(coro_waiter *waiter) {
  coro_barrier *barrier = barrier_of(waiter);
  waiter->result = open(barrier);
  if (!waiter->result)
    barrier->waiting++;
  return waiter->result;
}

static void left(coro_waiter *waiter) { barrier_of(waiter)->waiting--; }

static const coro_waiter_ops ops = {.take = take, .left = left};

void coro_barrier_wait_op_init(coro_barrier_wait_op *op,
                               coro_barrier *barrier) {
  coro_waiter_init(&op->waiter, &barrier->queue, &ops);
}

bool coro_barrier_try_wait(coro_barrier *barrier) {
  coro_wait_queue_lock(&barrier->queue);
  bool last = open(barrier);
  coro_wait_queue_unlock(&barrier->queue);
  return last;
}
