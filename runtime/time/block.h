/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* What time functions do where the context has no timers. */
#ifndef CORO_RUNTIME_TIME_BLOCK_H
#define CORO_RUNTIME_TIME_BLOCK_H

#include "../port/port.h"

#include <coro/time.h>

/* Blocks the thread for ns nanoseconds at least. */
static inline void coro_block_thread(uint64_t ns) {
  uint32_t never = 0; /* nobody changes it: only the time-out ends the wait */
  uint64_t start = coro_now();
  for (;;) {
    uint64_t slept = coro_now() - start;
    if (slept >= ns)
      return;
    coro_port_wait(&never, 0, ns == CORO_FOREVER ? ns : ns - slept);
  }
}

/* When that is, ns from now; CORO_FOREVER is never. */
static inline uint64_t coro_deadline(coro_timers *timers, uint64_t ns) {
  uint64_t now = coro_timers_now(timers);
  return ns < CORO_FOREVER - now ? now + ns : CORO_FOREVER;
}

#endif
