/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Something that has happened or not. Setting it lets everybody go who waits,
 * and all who come later, until it is reset. What was written before it was set
 * is seen by who waited. Local or shared as coro_mutex.
 *
 * Its storage may go once a wait for it was done and nobody else waits, as
 * whoever set it then has let go of it. coro_event_is_set does not say that.
 */
#ifndef CORO_EVENT_H
#define CORO_EVENT_H

#include <coro/try_first.h>
#include <coro/wait.h>
#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Opaque: the members belong to the runtime. */
typedef struct coro_event {
  coro_wait_queue queue;
  uint32_t set; /* atomic, where shared; changes under the queue's lock */
} coro_event;

#define CORO_EVENT_INIT {CORO_WAIT_QUEUE_INIT, 0}
#define CORO_EVENT_SHARED_INIT {CORO_WAIT_QUEUE_SHARED_INIT, 0}

/* It has happened. Who waits now goes on, though it be reset meanwhile. Costs
 * the number of those who wait. Never waits. */
void coro_event_set(coro_event *event);
/* It has not happened (again). Never waits. */
void coro_event_reset(coro_event *event);
/* The try form of waiting: true if it is set, and what was written before is
 * seen. */
static inline bool coro_event_is_set(const coro_event *event);

/* Waiting, as a future, as coro_mutex_lock_op. */
typedef struct coro_event_wait_op {
  coro_waiter waiter;
} coro_event_wait_op;

void coro_event_wait_op_init(coro_event_wait_op *op, coro_event *event);

#ifdef CORO_HAS_EFFECTS

CORO_TRIES_FIRST void coro_event_wait(coro_event *event) CORO_TRIES_FRAME(96);

/* 0, or CORO_TIMED_OUT, as coro_mutex_lock_for. */
CORO_CANCEL_SAFE CORO_YIELDS int coro_event_wait_for(coro_event *event,
                                                     uint64_t ns)
    CORO_FRAME(144);

#endif

/* The rest is for the functions above. */

static inline bool coro_event_is_set(const coro_event *event) {
  return __atomic_load_n(&event->set, __ATOMIC_ACQUIRE);
}

/* It is set, and whoever set it has let go of it. Who finds it set finds the
 * lock taken that it was set under, until that was given back. */
static inline bool coro_event_was_set(const coro_event *event) {
  return coro_event_is_set(event) &&
         !__atomic_load_n(&event->queue.lock, __ATOMIC_ACQUIRE);
}

#ifdef CORO_TRIES_HERE

CORO_CANCEL_SAFE CORO_YIELDS void coro_event_wait_set(coro_event *event)
    CORO_FRAME(80);

CORO_TRIES_FIRST void coro_event_wait(coro_event *event) {
  if (!CORO_TRIED(coro_event_was_set(event)))
    coro_event_wait_set(event);
}

#endif

#ifdef __cplusplus
}
#endif

#endif
