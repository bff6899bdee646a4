/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Broadcast: a ring of the newest values, and numbers. Who waits is woken, not
 * given anything: it takes its value out of the ring when it is polled, so
 * there is nothing to undo where it is cancelled. While nobody sends, what has
 * come stays; so who was woken finds something.
 */
#include <coro/broadcast.h>

static void init(coro_broadcast *broadcast, void *buffer, size_t slots,
                 size_t element, uint32_t shared) {
  *broadcast = (coro_broadcast){.queue.shared = shared,
                                .buffer = (unsigned char *)buffer,
                                .element = element,
                                .slots = slots};
}

void coro_broadcast_init(coro_broadcast *broadcast, void *buffer, size_t slots,
                         size_t element) {
  init(broadcast, buffer, slots, element, 0);
}

void coro_broadcast_init_shared(coro_broadcast *broadcast, void *buffer,
                                size_t slots, size_t element) {
  init(broadcast, buffer, slots, element, 1);
}

static void *slot(const coro_broadcast *broadcast, uint64_t number) {
  return broadcast->buffer +
         (size_t)(number % broadcast->slots) * broadcast->element;
}

static void wake_all(coro_broadcast *broadcast) {
  while (broadcast->queue.first)
    coro_waiter_grant(broadcast->queue.first, CORO_BUSY);
}

int coro_broadcast_send(coro_broadcast *broadcast, const void *value) {
  coro_wait_queue_lock(&broadcast->queue);
  int result = broadcast->closed ? CORO_CLOSED : 0;
  if (result == 0) {
    if (broadcast->element)
      __builtin_memcpy(slot(broadcast, broadcast->sent), value,
                       broadcast->element);
    broadcast->sent++;
    wake_all(broadcast);
  }
  coro_wait_queue_unlock(&broadcast->queue);
  return result;
}

void coro_broadcast_close(coro_broadcast *broadcast) {
  coro_wait_queue_lock(&broadcast->queue);
  broadcast->closed = 1;
  wake_all(broadcast);
  coro_wait_queue_unlock(&broadcast->queue);
}

void coro_subscribe(coro_subscription *subscription,
                    coro_broadcast *broadcast) {
  subscription->broadcast = broadcast;
  coro_wait_queue_lock(&broadcast->queue);
  subscription->next = broadcast->sent;
  coro_wait_queue_unlock(&broadcast->queue);
}

/* Locked. */
static int receive_now(coro_subscription *subscription, void *value) {
  coro_broadcast *broadcast = subscription->broadcast;
  uint64_t behind = broadcast->sent - subscription->next;
  if (!behind)
    return broadcast->closed ? CORO_CLOSED : CORO_BUSY;
  uint64_t missed = behind > broadcast->slots ? behind - broadcast->slots : 0;
  subscription->next += missed;
  if (broadcast->element)
    __builtin_memcpy(value, slot(broadcast, subscription->next),
                     broadcast->element);
  subscription->next++;
  return missed < INT32_MAX ? (int)missed : INT32_MAX;
}

int coro_broadcast_try_receive(coro_subscription *subscription, void *value) {
  coro_broadcast *broadcast = subscription->broadcast;
  coro_wait_queue_lock(&broadcast->queue);
  int result = receive_now(subscription, value);
  coro_wait_queue_unlock(&broadcast->queue);
  return result;
}

/* Only its own task begins or ends an operation, so that is told unlocked: the
 * broadcast of one that is over may be gone. */
static uint32_t state_of(const coro_waiter *waiter) {
  return __atomic_load_n(&waiter->state, __ATOMIC_RELAXED);
}

static coro_status poll_receive(coro_future *future, coro_context *cx) {
  coro_waiter *waiter = (coro_waiter *)future;
  coro_broadcast_op *op = (coro_broadcast_op *)waiter;
  uint32_t state = state_of(waiter);
  if (state == CORO_WAITER_OVER)
    return CORO_DONE;
  if (state == CORO_WAITER_NEW && !coro_spend_or_wake(cx))
    return CORO_PENDING;
  coro_wait_queue_lock(waiter->queue);
  waiter->waker = cx->waker; /* this poll may have another one */
  if (waiter->state != CORO_WAITER_WAITS) {
    waiter->result = receive_now(op->subscription, op->value);
    if (waiter->result == CORO_BUSY)
      coro_waiter_enqueue(waiter);
    else
      waiter->state = CORO_WAITER_OVER;
  }
  int over = waiter->state == CORO_WAITER_OVER;
  coro_wait_queue_unlock(waiter->queue);
  return over ? CORO_DONE : CORO_PENDING;
}

static coro_status cancel_receive(coro_future *future, coro_context *cx) {
  (void)cx;
  coro_waiter *waiter = (coro_waiter *)future;
  uint32_t state = state_of(waiter);
  if (state == CORO_WAITER_NEW || state == CORO_WAITER_OVER)
    return CORO_DONE;
  coro_wait_queue_lock(waiter->queue);
  if (waiter->state == CORO_WAITER_WAITS)
    coro_waiter_dequeue(waiter);
  waiter->state = CORO_WAITER_OVER;
  coro_wait_queue_unlock(waiter->queue);
  return CORO_CANCELLED;
}

void coro_broadcast_op_init(coro_broadcast_op *op,
                            coro_subscription *subscription, void *value) {
  *op = (coro_broadcast_op){.waiter = {.future = {poll_receive, cancel_receive},
                                       .queue = &subscription->broadcast->queue,
                                       .result = CORO_BUSY},
                            .subscription = subscription,
                            .value = value};
}
