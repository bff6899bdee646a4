/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Compiled twice: with the plugin, and with CORO_ERASE_EFFECTS. */
#include "block.h"

#include <coro/coro.h>

yields int coro_sleep(uint64_t ns) {
  if (!coro_self()->timers) {
    coro_block_thread(ns);
    return 0;
  }
  __attribute__((cleanup(coro_alarm_clear))) coro_alarm alarm;
  coro_alarm_set(&alarm, ns, coro_self());
  while (coro_alarm_poll(&alarm, coro_self()) == CORO_PENDING)
    coro_suspend();
  return 0;
}

yields int coro_sleep_until(uint64_t deadline) {
  uint64_t now = coro_time(coro_self());
  if (deadline <= now)
    return 0;
  return coro_sleep(deadline == CORO_FOREVER ? deadline : deadline - now);
}

yields uint64_t coro_interval_wait(coro_interval *interval) {
  coro_sleep_until(interval->next);
  uint64_t late = coro_time(coro_self()) - interval->next;
  uint64_t beats = late / interval->period + 1;
  interval->next += beats * interval->period;
  return beats;
}
