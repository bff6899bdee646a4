/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* What the runtime's own shared futures know of who polls them. */
#ifndef CORO_RUNTIME_SHARED_H
#define CORO_RUNTIME_SHARED_H

#include <coro/shared.h>
#include <stdbool.h>

/* With the future's lock, if it has one, unless it is done. */
static inline bool coro_shared_is_awaited(const coro_shared *shared) {
  return shared->waiters.ops != 0;
}

/* The node that polls with this context, if it is one, holds what it waits for
 * from now on, or no longer. True if that is new. Its task's thread. */
bool coro_shared_hold(coro_context *cx);
bool coro_shared_unhold(coro_context *cx);

/* Who polls by hand is forgotten. */
void coro_shared_forget(coro_shared *shared);

/* All are woken, and poll; but a thread that sleeps is to be told later. */
coro_untold coro_shared_wake_untold(coro_shared *shared);

#endif
