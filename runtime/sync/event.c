/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* The event. Nobody is in its queue while it is set. */
#include <coro/event.h>

static int take(coro_waiter *waiter) {
  return coro_event_is_set((coro_event *)waiter->queue);
}

static const coro_waiter_ops ops = {.take = take};

void coro_event_wait_op_init(coro_event_wait_op *op, coro_event *event) {
  coro_waiter_init(&op->waiter, &event->queue, &ops);
}

void coro_event_set(coro_event *event) {
  coro_wait_queue_lock(&event->queue);
  __atomic_store_n(&event->set, 1, __ATOMIC_RELEASE);
  while (event->queue.first)
    coro_waiter_grant(event->queue.first, 0);
  coro_wait_queue_unlock(&event->queue);
}

void coro_event_reset(coro_event *event) {
  coro_wait_queue_lock(&event->queue);
  __atomic_store_n(&event->set, 0, __ATOMIC_RELAXED);
  coro_wait_queue_unlock(&event->queue);
}
