/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Compiled twice: with the plugin, and with CORO_ERASE_EFFECTS. */
#include "../port/port.h"

#include <coro/coro.h>

static int sleep_thread(uint64_t ns) {
  uint32_t never = 0; /* nobody changes it: only the time-out ends the wait */
  uint64_t start = coro_now();
  for (;;) {
    uint64_t slept = coro_now() - start;
    if (slept >= ns)
      return 0;
    coro_port_wait(&never, 0, ns == CORO_FOREVER ? ns : ns - slept);
  }
}

yields int coro_sleep(uint64_t ns) {
  coro_timers *timers = coro_self()->timers;
  if (!timers)
    return sleep_thread(ns);

  uint64_t now = timers->now(timers);
  uint64_t deadline = ns < CORO_FOREVER - now ? now + ns : CORO_FOREVER;
  coro_timer timer;
  coro_timers_set(timers, &timer, deadline, coro_self()->waker);
  while (coro_timer_is_set(&timer)) {
    coro_suspend();
    /* Fired, it has no waker; else the next poll may have another one. */
    if (coro_timer_is_set(&timer))
      timer.waker = coro_self()->waker;
  }
  return 0;
}
