/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Cancelling what is known by its descriptor, or by its first member, alone. */
#include <coro/future.h>

coro_status coro_cancel_by(coro_status (*cancel)(void *frame, coro_context *cx),
                           void *frame, coro_context *cx) {
  if (!cancel)
    return CORO_CANCELLED;
  /* A task that is being cancelled may itself cancel another one. */
  uint32_t before = cx->cancelling;
  cx->cancelling = 1;
  coro_status status = cancel(frame, cx);
  cx->cancelling = before;
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
