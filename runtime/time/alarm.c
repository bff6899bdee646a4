/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * The alarm of coro_timeout and of coro_sleep: a timer, polled. It remembers
 * its timers: a task may be cancelled with a context that has none.
 *
 * Where the context has no timers, the first poll blocks the thread until the
 * alarm rings and says pending once more, so that the task is looked at before
 * its time is said to be over. timer.deadline is then how long to block, and 0
 * once that has happened.
 */
#include "block.h"

#include <coro/combine.h>

void coro_alarm_set(coro_alarm *alarm, uint64_t ns, coro_context *cx) {
  alarm->timers = cx->timers;
  if (alarm->timers) {
    coro_timers_set(alarm->timers, &alarm->timer,
                    coro_deadline(alarm->timers, ns), cx->waker);
  } else {
    alarm->timer.deadline = ns;
  }
}

coro_status coro_alarm_poll(coro_alarm *alarm, coro_context *cx) {
  if (!alarm->timers) {
    if (!alarm->timer.deadline)
      return CORO_DONE;
    coro_block_thread(alarm->timer.deadline);
    alarm->timer.deadline = 0;
    coro_wake(cx->waker);
    return CORO_PENDING;
  }
  if (!coro_timer_is_set(&alarm->timer))
    return CORO_DONE;
  alarm->timer.waker = cx->waker; /* this poll may have another one */
  return CORO_PENDING;
}

void coro_alarm_clear(coro_alarm *alarm) {
  if (alarm->timers)
    coro_timers_cancel(alarm->timers, &alarm->timer);
}
