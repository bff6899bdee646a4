/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Where n tasks wait for each other: the n-th that comes lets all of them go,
 * and the next n may come. One that is cancelled while it waits has not come.
 * Local or shared as coro_mutex. Its storage may go once a wait for it was done
 * and nobody else waits.
 */
#ifndef CORO_BARRIER_H
#define CORO_BARRIER_H

#include <coro/wait.h>
#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Opaque: the members belong to the runtime. */
typedef struct coro_barrier {
  coro_wait_queue queue;
  uint32_t n;       /* never changes */
  uint32_t waiting; /* in the queue; under its lock */
} coro_barrier;

/* For n tasks, 1 or more. */
#define CORO_BARRIER_INIT(n) {CORO_WAIT_QUEUE_INIT, (n), 0}
#define CORO_BARRIER_SHARED_INIT(n) {CORO_WAIT_QUEUE_SHARED_INIT, (n), 0}

/* If all others wait: true, and lets them go. Never waits. */
bool coro_barrier_try_wait(coro_barrier *barrier);

/* Waiting, as a future, as coro_mutex_lock_op; then op.waiter.result is that of
 * coro_barrier_wait. */
typedef struct coro_barrier_wait_op {
  coro_waiter waiter;
} coro_barrier_wait_op;

void coro_barrier_wait_op_init(coro_barrier_wait_op *op, coro_barrier *barrier);

#ifdef CORO_HAS_EFFECTS

/* 1 for the one that came last, 0 for the others. */
CORO_CANCEL_SAFE CORO_YIELDS int coro_barrier_wait(coro_barrier *barrier)
    CORO_FRAME(80);

/* The same; or CORO_TIMED_OUT, as coro_mutex_lock_for: then it has not come. */
CORO_CANCEL_SAFE CORO_YIELDS int coro_barrier_wait_for(coro_barrier *barrier,
                                                       uint64_t ns)
    CORO_FRAME(144);

#endif

#ifdef __cplusplus
}
#endif

#endif
