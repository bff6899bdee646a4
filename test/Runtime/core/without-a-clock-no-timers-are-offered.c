// On a platform without a clock neither an executor nor a thread that waits
// offers timers, but those that the program gives: they have a clock.
// RUN: %clang %cflags -O1 -ffreestanding -nostdlib -static -e start %s %rt_core -o %t
// RUN: %t
// REQUIRES: x86_64
#include "Inputs/no-libc.h"

#include <coro/executor.h>
#include <coro/future.h>
#include <coro/time.h>

static uint64_t eleven(const coro_timers *timers) {
  (void)timers;
  return 11;
}

static int run(void) {
  coro_executor executor;
  coro_timers timers;
  coro_parker parker;
  if (coro_clock || coro_now() != 0)
    return 1;
  coro_executor_init(&executor, NULL, NULL);
  if (coro_executor_context(&executor)->timers)
    return 2;
  coro_executor_fini(&executor);
  coro_timers_init(&timers, eleven);
  coro_executor_init(&executor, NULL, &timers);
  if (coro_time(coro_executor_context(&executor)) != 11)
    return 3;
  coro_executor_fini(&executor);
  return coro_parker_begin(&parker)->timers ? 4 : 0;
}
