/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * The alarm of coro_timeout and of coro_sleep: a timer, polled. It remembers
 * its timers: a task may be cancelled with a context that has none.
 *
 * Where the context has no timers, nobody watches the clock: then all times are
 * over but CORO_FOREVER. The first poll says pending and wakes, so that what
 * gave way for want of fuel is looked at once more. timer.deadline is the
 * CORO_FOREVER, or else 1 until that poll and 0 from then on.
 *
 * A parker looks at its timers when the thread waits, and not between two polls
 * of a task that has woken itself: that loop is the optimiser's. So the alarm
 * looks, too.
 */
#include <coro/combine.h>

void coro_alarm_set(coro_alarm *alarm, uint64_t ns, coro_context *cx) {
  alarm->timers = cx->timers;
  alarm->timer.waker.ops = 0; /* not set, for whoever looks at the frame */
  if (alarm->timers)
    coro_timers_set(alarm->timers, &alarm->timer,
                    coro_time_after(coro_timers_now(alarm->timers), ns),
                    cx->waker);
  else
    alarm->timer.deadline = ns == CORO_FOREVER ? ns : 1;
}

static coro_status poll_without_timers(coro_timer *timer, coro_context *cx) {
  if (timer->deadline == CORO_FOREVER)
    return CORO_PENDING;
  if (!timer->deadline)
    return CORO_DONE;
  timer->deadline = 0;
  coro_wake_local(cx->waker);
  return CORO_PENDING;
}

coro_status coro_alarm_poll(coro_alarm *alarm, coro_context *cx) {
  if (!alarm->timers)
    return poll_without_timers(&alarm->timer, cx);
  if (alarm->timers->ops == &coro_parker_timers)
    coro_timers_fire(alarm->timers);
  if (!coro_timer_is_set(&alarm->timer))
    return CORO_DONE;
  alarm->timer.waker = cx->waker; /* this poll may have another one */
  return CORO_PENDING;
}

void coro_alarm_clear(coro_alarm *alarm) {
  if (alarm->timers)
    coro_timers_cancel(alarm->timers, &alarm->timer);
}
