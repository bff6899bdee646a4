/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Cancelling what is known by its descriptor, or by its first member, alone. */
#include <coro/cancel.h>

coro_status coro_cancel_by(coro_status (*cancel)(void *frame, coro_context *cx),
                           void *frame, coro_context *cx) {
  if (!cancel)
    return CORO_CANCELLED;
  /* Read-only; and its twin already says what the other may be told. */
  if (cx == &coro_context_idle)
    cx = (coro_context *)&coro_context_idle_cancel;
  if (cx->cancelling)
    return cancel(frame, cx);
  cx->cancelling = 1;
  coro_status status = cancel(frame, cx);
  cx->cancelling = 0;
  return status;
}

coro_status coro_cancel_any(coro_any_task task, coro_context *cx) {
  return coro_cancel_by(task.coro->cancel, task.frame, cx);
}

static coro_status cancel_future(void *frame, coro_context *cx) {
  coro_future *future = (coro_future *)frame;
  return future->cancel(future, cx);
}

coro_status coro_future_cancel(coro_future *future, coro_context *cx) {
  return coro_cancel_by(future->cancel ? cancel_future : 0, future, cx);
}

coro_status coro_poll_requested(void *frame, coro_context *cx,
                                coro_status (*cancel)(void *frame,
                                                      coro_context *cx)) {
  unsigned char *state = (unsigned char *)frame;
  if (!(*state & CORO_STATE_CANCEL))
    __builtin_trap();
  *state = (unsigned char)(*state & ~CORO_STATE_CANCEL);
  coro_status status = coro_cancel_by(cancel, frame, cx);
  /* The next poll goes on with it. */
  if (status == CORO_PENDING)
    *state |= CORO_STATE_CANCEL;
  return status;
}
