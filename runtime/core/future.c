/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Futures by hand, where a task is wanted or a thread may wait. */
#include <coro/future.h>

static coro_status poll_future(void *frame, coro_context *cx) {
  coro_future *future = (coro_future *)frame;
  return future->poll(future, cx);
}

static coro_status cancel_future(void *frame, coro_context *cx) {
  return coro_future_cancel((coro_future *)frame, cx);
}

const coro_descriptor coro_future_coro = {
    .abi = CORO_ABI_VERSION,
    .align = _Alignof(coro_future),
    .size = sizeof(coro_future),
    .poll = poll_future,
    .cancel = cancel_future,
    .name = "coro_future",
};

coro_status coro_block_on_future(coro_future *future) {
  coro_parker parker;
  coro_context *cx = coro_parker_begin(&parker);
  coro_status status;
  while ((status = future->poll(future, cx)) == CORO_PENDING)
    coro_parker_wait(&parker);
  return status;
}
