/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * What primitives that tasks wait for are made of: a queue of waiters, first in
 * first out, each a node in the frame that waits and a coro_future. So what one
 * can wait for can also be joined, raced, timed out, and waited for by a thread
 * (coro_block_on_future). Takes no memory.
 *
 * A queue is local or shared. A local one belongs to the thread whose tasks use
 * it, and costs no atomic operation. A shared one may be used from several
 * threads, and never from signal handlers; each operation takes its lock for a
 * few instructions.
 */
#ifndef CORO_WAIT_H
#define CORO_WAIT_H

#include <coro/future.h>

#ifdef __cplusplus
extern "C" {
#endif

struct coro_waiter;

/* Opaque. Zero is a local queue that nobody waits in. */
typedef struct coro_wait_queue {
  struct coro_waiter *first, *last;
  uint32_t lock;   /* atomic, where shared: 0 free, 1 taken, 2 and awaited */
  uint16_t shared; /* never changes */
  uint8_t doubt, pause; /* atomic; of spinning: see runtime/sync/spin.h */
  coro_untold untold;   /* of those that were woken: for who unlocks */
} coro_wait_queue;

#define CORO_WAIT_QUEUE_INIT {0, 0, 0, 0, 0, 0, {0, 0}}
#define CORO_WAIT_QUEUE_SHARED_INIT {0, 0, 0, 1, 0, 0, {0, 0}}

/* Where a waiter stands. */
enum {
  CORO_WAITER_NEW = 0,     /* in no queue; nobody has asked for anything */
  CORO_WAITER_WAITS = 1,   /* in its queue */
  CORO_WAITER_GRANTED = 2, /* has what it waits for, in no queue */
  CORO_WAITER_OVER = 3,    /* took it, or was cancelled */
  CORO_WAITER_WOKEN = 4,   /* in its queue still, and is to try once more */
  CORO_WAITER_TIRED = 5,   /* new, but gave way once for want of fuel */
};

/*
 * What a primitive does for its waiters. All are called with the queue's lock
 * held, where it is shared, and call neither wakers nor other primitives.
 */
typedef struct coro_waiter_ops {
  /* Takes what the waiter wants, if it can be had: true. It sets ->result.
   * Called once, before the waiter would be put into the queue; to be fair,
   * false while others wait. */
  int (*take)(struct coro_waiter *waiter);
  /* The waiter was granted something and is cancelled before it saw that: what
   * it got goes to another, with coro_waiter_grant, or back. NULL where that
   * is nothing. */
  void (*give_back)(struct coro_waiter *waiter);
  /* The waiter was cancelled while it waited, and is out of the queue: those
   * behind it may get what they want now. NULL where that changes nothing. */
  void (*left)(struct coro_waiter *waiter);
  /* The waiter, which was woken by coro_waiter_wake, is polled. Takes what it
   * wants, and takes it out of its queue: true. Or it waits on. `has` where
   * hurry took it already. NULL where nobody calls that. */
  int (*retry)(struct coro_waiter *waiter, int has);
  /* Of shared ones, and the only one that is called without the lock: takes
   * what the waiter wants if that can be had this moment: 1. Otherwise 0, where
   * it may be had in the next, or -1. NULL where nobody spins for it. */
  int (*hurry)(struct coro_waiter *waiter);
} coro_waiter_ops;

/*
 * One wait. The storage stays where it is from the first poll to the end, or
 * until it was cancelled. Wait for &waiter->future; a struct that begins with a
 * waiter has room for more.
 */
typedef struct coro_waiter {
  coro_future future;
  const coro_waiter_ops *ops;
  coro_wait_queue *queue; /* its primitive's */
  struct coro_waiter *next, *prev;
  coro_waker waker;
  uint32_t state;
  int32_t result; /* what came of it, once the future is done */
} coro_waiter;

/* Makes a waiter that has not begun to wait. */
void coro_waiter_init(coro_waiter *waiter, coro_wait_queue *queue,
                      const coro_waiter_ops *ops);

/* For primitives: the lock of a shared queue. Not recursive, held briefly. */
void coro_wait_queue_lock(coro_wait_queue *queue);
void coro_wait_queue_unlock(coro_wait_queue *queue);

/*
 * For primitives, locked: the waiter, which waits, has what it waits for; takes
 * it out of its queue, and has its task polled. The waiter is not touched
 * afterwards by anybody but its task.
 */
void coro_waiter_grant(coro_waiter *waiter, int32_t result);

/*
 * For primitives, locked: has the first waiter's task polled, so that it tries
 * once more. It stays in its queue, and is to be polled or cancelled.
 */
void coro_waiter_wake(coro_waiter *waiter);

/*
 * For primitives whose waiters are polled by functions of their own, locked:
 * puts the waiter at the end of its queue, takes it out. It WAITS in between;
 * the caller sets its waker before, and its state afterwards.
 */
void coro_waiter_enqueue(coro_waiter *waiter);
void coro_waiter_dequeue(coro_waiter *waiter);

/* What a waiter's future is polled with: for primitives that add to it. */
coro_status coro_waiter_poll(coro_future *waiter, coro_context *cx);

/*
 * For primitives: the operation done without waiting, on the caller's thread:
 * true if ops->take did. The waiter is then over.
 */
int coro_waiter_try(coro_waiter *waiter);

#ifdef __cplusplus
}
#endif

#endif
