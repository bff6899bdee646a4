/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Compiled twice: with the plugin, and with CORO_ERASE_EFFECTS, where there are
 * no tasks and the thread sleeps.
 */
#include <coro/coro.h>

#ifdef CORO_ERASE_EFFECTS
#include "../port/port.h"

yields int coro_sleep(uint64_t ns) {
  uint32_t never = 0; /* nobody changes it: only the time-out ends the wait */
  uint64_t start = coro_now();
  for (;;) {
    uint64_t slept = coro_now() - start;
    if (slept >= ns)
      return 0;
    coro_port_wait(&never, 0, ns == CORO_FOREVER ? ns : ns - slept);
  }
}
#else
yields int coro_sleep(uint64_t ns) {
  __attribute__((cleanup(coro_alarm_clear))) coro_alarm alarm;
  coro_alarm_set(&alarm, ns, coro_self());
  while (coro_alarm_poll(&alarm, coro_self()) == CORO_PENDING)
    coro_suspend();
  return alarm.timers ? 0 : CORO_NOT_OFFERED;
}
#endif

yields int coro_sleep_until(uint64_t deadline) {
  uint64_t now = coro_time(coro_self());
  if (deadline > now)
    return coro_sleep(deadline == CORO_FOREVER ? deadline : deadline - now);
  if (!coro_spend(coro_self()))
    coro_yield_now();
  return 0;
}

yields uint64_t coro_interval_wait(coro_interval *interval) {
  if (coro_sleep_until(interval->next))
    return 0;
  uint64_t late = coro_time(coro_self()) - interval->next;
  uint64_t missed = late / interval->period;
  interval->next = coro_time_after(interval->next + missed * interval->period,
                                   interval->period);
  return missed + 1;
}
