/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Compiled twice: with the plugin, and with CORO_ERASE_EFFECTS. */
#include "block.h"

#include <coro/coro.h>

yields int coro_sleep(uint64_t ns) {
  coro_timers *timers = coro_self()->timers;
  if (!timers) {
    coro_block_thread(ns);
    return 0;
  }
  coro_timer timer;
  coro_timers_set(timers, &timer, coro_deadline(timers, ns),
                  coro_self()->waker);
  while (coro_timer_is_set(&timer)) {
    coro_suspend();
    /* Fired, it has no waker; else the next poll may have another one. */
    if (coro_timer_is_set(&timer))
      timer.waker = coro_self()->waker;
  }
  return 0;
}
