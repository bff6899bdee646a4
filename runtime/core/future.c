/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Futures by hand, where a task is wanted or a thread may wait. */
#include <coro/future.h>
#include <coro/time.h>

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

/* True if it ended by itself, with this status; otherwise it was cancelled. */
static bool block_for(coro_future *future, uint64_t ns, coro_status *status) {
  uint64_t now = ns == CORO_FOREVER ? 0 : coro_now();
  uint64_t deadline = ns < CORO_FOREVER - now ? now + ns : CORO_FOREVER;
  coro_parker parker;
  coro_context *cx = coro_parker_begin(&parker);
  while ((*status = future->poll(future, cx)) == CORO_PENDING)
    if (!coro_parker_wait_until(&parker, deadline))
      break;
  if (*status == CORO_PENDING)
    *status = future->poll(future, cx);
  if (*status != CORO_PENDING)
    return true;
  while ((*status = coro_future_cancel(future, cx)) == CORO_PENDING)
    coro_parker_wait(&parker);
  return false;
}

coro_status coro_block_on_future_for(coro_future *future, uint64_t ns) {
  coro_status status;
  block_for(future, ns, &status);
  return status;
}

int coro_future_in_time(coro_future *future, uint64_t ns) {
  coro_status status;
  return block_for(future, ns, &status);
}

coro_status coro_block_on_future(coro_future *future) {
  return coro_block_on_future_for(future, CORO_FOREVER);
}
