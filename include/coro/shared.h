/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Futures that any number of tasks wait for at the same time, such as a spawned
 * task. A coro_future remembers one waker; a coro_shared has a list of waits,
 * each a node in the frame that waits. coro_wait, coro_join and the others have
 * a node for each arm that begins with a coro_shared: who writes them need not
 * know of it. Takes no memory.
 */
#ifndef CORO_SHARED_H
#define CORO_SHARED_H

#include <coro/combine.h>
#include <coro/error.h>
#include <coro/future.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The first member of a struct that several wait for. `future` is as of any
 * future by hand; its poll, where there is nothing yet, is coro_shared_pending,
 * and its cancel, which has to be there and to be over at once, calls
 * coro_shared_leave. The poll may wake the waker that it finds, but leaves it
 * with nobody else: what it polls itself it polls with a waker of its own, that
 * calls coro_shared_wake.
 *
 * It can also be polled by hand, as the coro_future that it begins with: by one
 * at a time, and whoever polls last is woken. Where two threads call
 * coro_block_on_future the second one is told CORO_TAKEN, at once.
 */
typedef struct coro_shared {
  coro_future future;
  coro_waker waiters; /* the last that came; the runtime's */
} coro_shared;

/*
 * One of the waits, as a future: for those who wait without coro_wait and its
 * like. Opaque; stays where it is until it is done or was cancelled.
 */
typedef struct coro_shared_wait_op {
  coro_future future;
  coro_shared *shared;
  coro_waker waker;   /* whom to wake */
  coro_waker before;  /* who came before, and waits */
  coro_waker *at;     /* where this one is named; NULL while it does not wait */
  coro_status status; /* how it ended, once somebody has said so */
  uint16_t holds;     /* 1: it keeps what it waits for from going */
  uint16_t tired;     /* 1: gave way once for want of fuel */
} coro_shared_wait_op;

void coro_shared_wait_op_init(coro_shared_wait_op *op, coro_shared *shared);

/* For threads, as coro_block_on_future and coro_future_in_time, which are by
 * hand: any number wait at the same time. */
CORO_BLOCKING coro_status coro_block_on_shared(coro_shared *shared);
CORO_BLOCKING int coro_shared_in_time(coro_shared *shared, uint64_t ns);

/* What the first member of an op is made; op is a coro_shared_wait_op. */
coro_status coro_shared_wait_op_poll(coro_future *op, coro_context *cx);
/* It waits no longer. Nothing happens to one that does not wait. */
void coro_shared_wait_op_end(coro_shared_wait_op *op);

/*
 * For polls: whoever polls will be woken. CORO_PENDING; or CORO_TAKEN where a
 * thread blocks on it by hand, and another one does already. This and the next
 * two exclude each other: they are of one thread, or under a lock.
 */
coro_status coro_shared_pending(coro_shared *shared, coro_context *cx);

/* For cancels: whoever polled with this context waits no longer. */
void coro_shared_leave(coro_shared *shared, coro_context *cx);

/*
 * Wakes all, who came first first. status is what their waits end with, and
 * then none of them looks at `shared` again, which may go; or CORO_PENDING, and
 * they poll. local: their tasks are polled on this thread. With a lock status
 * is CORO_PENDING.
 */
void coro_shared_wake(coro_shared *shared, coro_status status, int local);

/*
 * For polls, which are to return this: the wait is over, with status. Spends
 * fuel (see coro_spend) for who polls by hand, and is CORO_PENDING once where
 * there is none. Nodes do that by themselves. No lock is needed.
 */
coro_status coro_shared_over(coro_shared *shared, coro_status status,
                             coro_context *cx);

/* For who looks at the chain: the wait that this waker names, or NULL. */
coro_shared_wait_op *coro_shared_op_of(coro_waker waker);

#if defined(CORO_HAS_EFFECTS) && !defined(CORO_ERASE_EFFECTS)
/* Marker, as in combine.h. */
__attribute__((const)) void *__coro_shared_arm(void *shared);
#endif

#ifdef __cplusplus
}
#endif

#endif
