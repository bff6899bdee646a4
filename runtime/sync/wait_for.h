/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Waiting for a limited time, for the waiting calls of all primitives. */
#ifndef CORO_WAIT_FOR_H
#define CORO_WAIT_FOR_H

#include <coro/coro.h>

/* Where the context has no timers the thread has nothing to watch the clock
 * for it, and is blocked; another one may end that. */
#define WAIT_FOR(future, ns)                                                   \
  (coro_self()->timers ? coro_timeout((ns), (future))                          \
                       : in_time_blocking((future), (ns)))

CORO_ALLOW("coro-blocking-call") /* blocks where it is asked to */
static inline bool in_time_blocking(coro_future *future, uint64_t ns) {
  return coro_block_on_future_for(future, ns) != CORO_CANCELLED;
}

#endif
