/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Waiting for a limited time, for the waiting calls of all primitives. */
#ifndef CORO_WAIT_FOR_H
#define CORO_WAIT_FOR_H

#include <coro/coro.h>

/* `result`, or why there is none. */
#define WAIT_FOR(future, ns, result)                                           \
  (coro_timeout((ns), (future)) ? (result) : late(coro_self()))

/* Where nobody watches the clock it is not known what time it is. */
static inline int late(const coro_context *cx) {
#ifdef CORO_ERASE_EFFECTS
  (void)cx; /* a thread that waits, and watches the clock itself */
  return CORO_TIMED_OUT;
#else
  return cx->timers ? CORO_TIMED_OUT : CORO_NOT_OFFERED;
#endif
}

#endif
