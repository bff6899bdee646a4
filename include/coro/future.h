/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Futures by hand: whatever can be polled. A struct of your own whose first
 * member is a coro_future can stand wherever a task is waited for.
 */
#ifndef CORO_FUTURE_H
#define CORO_FUTURE_H

#include <coro/abi.h>
#include <coro/context.h>
#include <coro/task.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The first member of a struct that can be waited for. poll is set by whoever
 * makes the struct and stays what it is: waiting functions may remember it. It
 * is called with the struct's address and, while it says CORO_PENDING, has
 * arranged that cx->waker will be called. (Another poll may bring another
 * context.) It keeps no pointer to cx, and leaves in it the waker that it
 * found. With any other status the wait is over, and poll is not called again
 * unless somebody waits again.
 *
 * cancel is called where whoever waits does so no longer, once at least: it
 * takes back what poll has arranged. With CORO_PENDING it asks to be called
 * again once the waker was called; anything else is the end, and calls after it
 * do nothing. NULL where there is nothing to take back.
 */
typedef struct coro_future {
  coro_status (*poll)(struct coro_future *self, coro_context *cx);
  coro_status (*cancel)(struct coro_future *self, coro_context *cx);
} coro_future;

/* Calls cancel, if there is one, with cx->cancelling 1. */
coro_status coro_future_cancel(coro_future *future, coro_context *cx);

/* The descriptor of any future: its poll calls the struct's. Its size and
 * alignment are those of the first member alone. */
extern const coro_descriptor coro_future_coro;

/* The future as a coro_any_task, for executors and whoever polls those. */
static inline coro_any_task coro_erase_future(coro_future *future) {
  coro_any_task task = {future, &coro_future_coro};
  return task;
}

/* Polls it to its end here, on this thread, which sleeps in between. */
CORO_BLOCKING coro_status coro_block_on_future(coro_future *future);

/*
 * The same for ns nanoseconds at most; CORO_FOREVER is no limit. If it is not
 * done by then it is cancelled, which may itself wait: how that ended, mostly
 * CORO_CANCELLED. One that is done when time is over is in time.
 */
CORO_BLOCKING coro_status coro_block_on_future_for(coro_future *future,
                                                   uint64_t ns);

/* The same, where one may also end with CORO_CANCELLED by itself: 1 if it was
 * in time, whatever its status, 0 if time was over. */
CORO_BLOCKING int coro_future_in_time(coro_future *future, uint64_t ns);

#ifdef __cplusplus
}
#endif

#endif
