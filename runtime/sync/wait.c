/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Waiters and their queues. A waiter is
 *
 *             take says no                coro_waiter_grant
 *      NEW ----------------> WAITS ------------------------> GRANTED
 *       | take says yes        | cancelled                     | polled
 *       +--------> OVER <------+-------------------------------+
 *                    ^            cancelled: give_back         |
 *                    +-----------------------------------------+
 *
 * Invariants:
 * - it is in its queue exactly while it WAITS;
 * - of a shared queue, state (where WAITS is left or entered), links and waker
 * change under the lock, and the waker is called under it: a waiter that finds
 * itself GRANTED has the lock between that call and its frame's end, so the
 * call touches no task that is gone;
 * - a thread that sleeps is told of it after the lock is free: it would run at
 *   once, perhaps in the place of this one, and find the lock taken;
 * - who is granted something has it or gives it back: nothing is lost between
 *   the grant and a cancellation that comes before the next poll.
 */
#include "../port/port.h"

#include <coro/trace.h>
#include <coro/wait.h>

enum { UNLOCKED = 0, LOCKED = 1, AWAITED = 2 };

/* Spinning before a thread sleeps: the lock is held for a few instructions. */
enum { SPINS = 100 };

static void relax(void) {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__) || defined(__arm__)
  __asm__ volatile("yield" ::: "memory");
#endif
}

static int lock_at_once(coro_wait_queue *queue) {
  uint32_t expected = UNLOCKED;
  return __atomic_compare_exchange_n(&queue->lock, &expected, LOCKED,
                                     /*weak=*/0, __ATOMIC_ACQUIRE,
                                     __ATOMIC_RELAXED);
}

void coro_wait_queue_lock(coro_wait_queue *queue) {
  if (!queue->shared || lock_at_once(queue))
    return;
  for (int i = 0; i < SPINS; i++) {
    relax();
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

void coro_waiter_enqueue(coro_waiter *waiter) {
  coro_wait_queue *queue = waiter->queue;
  waiter->next = 0;
  waiter->prev = queue->last;
  if (queue->last)
    queue->last->next = waiter;
  else
    queue->first = waiter;
  queue->last = waiter;
  waiter->state = CORO_WAITER_WAITS;
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

void coro_waiter_grant(coro_waiter *waiter, int32_t result) {
  coro_waiter_dequeue(waiter);
  CORO_TRACE_EVENT(CORO_TRACE_GRANTED, waiter->waker.data,
                   (uintptr_t)waiter->queue, 0);
  waiter->result = result;
  __atomic_store_n(&waiter->state, CORO_WAITER_GRANTED, __ATOMIC_RELAXED);
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

/* Written by others too, while it waits; but only its own task begins and ends
 * the wait. So that is told without the queue, which may be gone. */
static uint32_t state_of(const coro_waiter *waiter) {
  return __atomic_load_n(&waiter->state, __ATOMIC_RELAXED);
}

static coro_status poll_waiter(coro_future *future, coro_context *cx) {
  coro_waiter *waiter = (coro_waiter *)future;
  coro_wait_queue *queue = waiter->queue;
  if (state_of(waiter) == CORO_WAITER_NEW && !coro_spend_or_wake(cx))
    return CORO_PENDING;
  coro_wait_queue_lock(queue);
  if (waiter->state == CORO_WAITER_NEW) {
    if (waiter->ops->take(waiter))
      waiter->state = CORO_WAITER_OVER;
    else
      coro_waiter_enqueue(waiter);
  } else if (waiter->state == CORO_WAITER_GRANTED) {
    waiter->state = CORO_WAITER_OVER;
  }
  int waits = waiter->state == CORO_WAITER_WAITS;
  if (waits)
    waiter->waker = cx->waker; /* this poll may have another one */
  coro_wait_queue_unlock(queue);
  return waits ? CORO_PENDING : CORO_DONE;
}

static coro_status cancel_waiter(coro_future *future, coro_context *cx) {
  (void)cx;
  coro_waiter *waiter = (coro_waiter *)future;
  uint32_t state = state_of(waiter);
  if (state == CORO_WAITER_NEW || state == CORO_WAITER_OVER)
    return CORO_DONE;
  coro_wait_queue *queue = waiter->queue;
  coro_wait_queue_lock(queue);
  if (waiter->state == CORO_WAITER_WAITS) {
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
      .future = {poll_waiter, cancel_waiter}, .ops = ops, .queue = queue};
}

int coro_waiter_try(coro_waiter *waiter) {
  coro_wait_queue_lock(waiter->queue);
  int taken = waiter->ops->take(waiter);
  coro_wait_queue_unlock(waiter->queue);
  waiter->state = taken ? CORO_WAITER_OVER : CORO_WAITER_NEW;
  return taken;
}
