/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Waiters and their queues. A waiter is
 *
 *             take says no              coro_waiter_grant
 *      NEW ----------------> WAITS -----------------------> GRANTED
 *       |                    ^   |                            ^  |
 *       |      retry says no |   | coro_waiter_wake           |  |
 *       |                    |   v     coro_waiter_grant      |  |
 *       |                    WOKEN ---------------------------+  | polled
 *       | take says yes        | retry says yes                  |
 *       +--------------------> OVER <----------------------------+
 *
 * Cancelled it is OVER as well: out of its queue, or what it has given back.
 * One that finds no fuel at its first poll is TIRED, and otherwise NEW.
 *
 * Invariants:
 * - it is in its queue exactly while it WAITS or is WOKEN;
 * - of a shared queue, state (where WAITS is left or entered), links and waker
 *   change under the lock, and the waker is called under it: a waiter that
 *   finds itself GRANTED has the lock between that call and its frame's end,
 *   so the call touches no task that is gone;
 * - a thread that sleeps is told of it after the lock is free: it would run at
 *   once, perhaps in the place of this one, and find the lock taken;
 * - who is granted something has it or gives it back: nothing is lost between
 *   the grant and a cancellation that comes before the next poll.
 */
#include "spin.h"

#include <coro/trace.h>
#include <coro/wait.h>

enum { UNLOCKED = 0, LOCKED = 1, AWAITED = 2 };

/* Spinning before a thread sleeps: the lock is held for a few instructions. */
enum { SPINS = 100 };

static int lock_at_once(coro_wait_queue *queue) {
  uint32_t expected = UNLOCKED;
  return __atomic_compare_exchange_n(&queue->lock, &expected, LOCKED,
                                     /*weak=*/0, __ATOMIC_ACQUIRE,
                                     __ATOMIC_RELAXED);
}

void coro_wait_queue_lock(coro_wait_queue *queue) {
  if (!queue->shared || lock_at_once(queue))
    return;
  for (int i = 0; i < SPINS && coro_port_parallel(); i++) {
    coro_spin_relax();
    if (__atomic_load_n(&queue->lock, __ATOMIC_RELAXED) == UNLOCKED &&
        lock_at_once(queue))
      return;
  }
  while (__atomic_exchange_n(&queue->lock, AWAITED, __ATOMIC_ACQUIRE) !=
         UNLOCKED)
    coro_port_wait(&queue->lock, AWAITED, CORO_PORT_FOREVER);
}

void coro_wait_queue_unlock(coro_wait_queue *queue) {
  if (!queue->shared)
    return;
  coro_untold untold = queue->untold;
  queue->untold.tell = 0;
  /* The queue may be gone after the exchange: see coro_port_wake. */
  if (__atomic_exchange_n(&queue->lock, UNLOCKED, __ATOMIC_RELEASE) == AWAITED)
    coro_port_wake(&queue->lock);
  coro_tell(untold);
}

static void set_state(coro_waiter *waiter, uint32_t state) {
  __atomic_store_n(&waiter->state, state, __ATOMIC_RELAXED);
}

void coro_waiter_enqueue(coro_waiter *waiter) {
  coro_wait_queue *queue = waiter->queue;
  waiter->next = 0;
  waiter->prev = queue->last;
  if (queue->last)
    queue->last->next = waiter;
  else
    queue->first = waiter;
  queue->last = waiter;
  set_state(waiter, CORO_WAITER_WAITS);
  CORO_TRACE_EVENT(CORO_TRACE_QUEUED, 0, (uintptr_t)queue, 0);
}

void coro_waiter_dequeue(coro_waiter *waiter) {
  coro_wait_queue *queue = waiter->queue;
  if (waiter->prev)
    waiter->prev->next = waiter->next;
  else
    queue->first = waiter->next;
  if (waiter->next)
    waiter->next->prev = waiter->prev;
  else
    queue->last = waiter->prev;
}

/* Locked. Who is to be told is told when the lock is free. */
static void call_waker(coro_waiter *waiter) {
  coro_wait_queue *queue = waiter->queue;
  if (!queue->shared) {
    coro_wake_local(waiter->waker);
    return;
  }
  coro_untold untold = coro_wake_untold(waiter->waker);
  if (!untold.tell)
    return;
  coro_tell(queue->untold);
  queue->untold = untold;
}

void coro_waiter_grant(coro_waiter *waiter, int32_t result) {
  coro_waiter_dequeue(waiter);
  CORO_TRACE_EVENT(CORO_TRACE_GRANTED, waiter->waker.data,
                   (uintptr_t)waiter->queue, 0);
  waiter->result = result;
  set_state(waiter, CORO_WAITER_GRANTED);
  call_waker(waiter);
}

void coro_waiter_wake(coro_waiter *waiter) {
  set_state(waiter, CORO_WAITER_WOKEN);
  call_waker(waiter);
}

/* Written by others too, while it waits; but only its own task begins and ends
 * the wait. So that is told without the queue, which may be gone. */
static uint32_t state_of(const coro_waiter *waiter) {
  return __atomic_load_n(&waiter->state, __ATOMIC_RELAXED);
}

/* In no queue, and nothing was asked for. */
static int is_new(uint32_t state) {
  return state == CORO_WAITER_NEW || state == CORO_WAITER_TIRED;
}

/* Locked: what a poll changes. True if the waiter waits. */
static int goes_on_waiting(coro_waiter *waiter, int has) {
  if (is_new(waiter->state)) {
    if (waiter->ops->take(waiter))
      set_state(waiter, CORO_WAITER_OVER);
    else
      coro_waiter_enqueue(waiter);
  } else if (waiter->state == CORO_WAITER_WOKEN) {
    set_state(waiter, waiter->ops->retry(waiter, has) ? CORO_WAITER_OVER
                                                      : CORO_WAITER_WAITS);
  } else if (waiter->state == CORO_WAITER_GRANTED) {
    set_state(waiter, CORO_WAITER_OVER);
  }
  return waiter->state == CORO_WAITER_WAITS;
}

static int may_hurry(const coro_waiter *waiter, uint32_t state) {
  return (is_new(state) || state == CORO_WAITER_WOKEN) &&
         waiter->queue->shared && waiter->ops->hurry;
}

coro_status coro_waiter_poll(coro_future *future, coro_context *cx) {
  coro_waiter *waiter = (coro_waiter *)future;
  coro_wait_queue *queue = waiter->queue;
  uint32_t state = state_of(waiter);
  if (state == CORO_WAITER_NEW && !coro_spend(cx)) {
    set_state(waiter, CORO_WAITER_TIRED); /* goes on next time in any case */
    coro_wake_local(cx->waker);
    return CORO_PENDING;
  }
  int has = may_hurry(waiter, state) && coro_spin(waiter, state, cx);
  if (has && is_new(state)) {
    set_state(waiter, CORO_WAITER_OVER);
    return CORO_DONE;
  }
  coro_wait_queue_lock(queue);
  int waits = goes_on_waiting(waiter, has);
  if (waits)
    waiter->waker = cx->waker; /* this poll may have another one */
  coro_wait_queue_unlock(queue);
  return waits ? CORO_PENDING : CORO_DONE;
}

static coro_status cancel_waiter(coro_future *future, coro_context *cx) {
  (void)cx;
  coro_waiter *waiter = (coro_waiter *)future;
  uint32_t state = state_of(waiter);
  if (is_new(state) || state == CORO_WAITER_OVER)
    return CORO_DONE;
  coro_wait_queue *queue = waiter->queue;
  coro_wait_queue_lock(queue);
  if (waiter->state != CORO_WAITER_GRANTED) {
    coro_waiter_dequeue(waiter);
    if (waiter->ops->left)
      waiter->ops->left(waiter);
  } else if (waiter->ops->give_back) {
    waiter->ops->give_back(waiter);
  }
  waiter->state = CORO_WAITER_OVER;
  coro_wait_queue_unlock(queue);
  return CORO_CANCELLED;
}

void coro_waiter_init(coro_waiter *waiter, coro_wait_queue *queue,
                      const coro_waiter_ops *ops) {
  *waiter = (coro_waiter){
      .future = {coro_waiter_poll, cancel_waiter}, .ops = ops, .queue = queue};
}

int coro_waiter_try(coro_waiter *waiter) {
  coro_wait_queue_lock(waiter->queue);
  int taken = waiter->ops->take(waiter);
  coro_wait_queue_unlock(waiter->queue);
  waiter->state = taken ? CORO_WAITER_OVER : CORO_WAITER_NEW;
  return taken;
}
