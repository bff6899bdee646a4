/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Waiting until something that a mutex guards has changed:
 *
 *   coro_mutex_lock(&m);
 *   while (!changed)
 *     coro_condition_wait(&c, &m);
 *
 * Whenever a wait is over the task holds the mutex again: also where the task
 * was cancelled or timed out, so that a cleanup that unlocks it is right in any
 * case. Cancelling therefore waits for the mutex.
 *
 * First come, first served; and nobody goes on who was not notified. A
 * notification that a cancelled task does not act upon goes to the next one.
 * Local or shared as its mutex, which has to be of the same kind.
 */
#ifndef CORO_CONDITION_H
#define CORO_CONDITION_H

#include <coro/mutex.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Opaque: the members belong to the runtime. */
typedef struct coro_condition {
  coro_wait_queue queue;
} coro_condition;

#define CORO_CONDITION_INIT {CORO_WAIT_QUEUE_INIT}
#define CORO_CONDITION_SHARED_INIT {CORO_WAIT_QUEUE_SHARED_INIT}

/* The one that has waited longest goes on; nothing if nobody waits. The caller
 * need not hold the mutex. Never waits. */
void coro_condition_notify(coro_condition *condition);
/* All who wait now go on. Costs their number. Never waits. */
void coro_condition_notify_all(coro_condition *condition);

/*
 * Waiting, as a future, as coro_mutex_lock_op. The mutex is locked when it is
 * polled for the first time, and when it is over, be it cancelled.
 */
typedef struct coro_condition_wait_op {
  coro_future future;
  coro_condition *condition;
  coro_mutex *mutex;
  coro_waiter waiter; /* for the condition, then for the mutex */
  uint32_t stage;
} coro_condition_wait_op;

void coro_condition_wait_op_init(coro_condition_wait_op *op,
                                 coro_condition *condition, coro_mutex *mutex);

#ifdef CORO_HAS_EFFECTS

CORO_CANCEL_SAFE CORO_YIELDS void coro_condition_wait(coro_condition *condition,
                                                      coro_mutex *mutex)
    CORO_FRAME(128) CORO_NEEDS_LOCK(mutex);

/* 0, or CORO_TIMED_OUT, as coro_mutex_lock_for; but waiting for the mutex comes
 * on top. */
CORO_CANCEL_SAFE CORO_YIELDS int
coro_condition_wait_for(coro_condition *condition, coro_mutex *mutex,
                        uint64_t ns) CORO_FRAME(176) CORO_NEEDS_LOCK(mutex);

#endif

#ifdef __cplusplus
}
#endif

#endif
