// coro_timers_now is the time of the clock that the timers were given, or
// coro_now's: it is what deadlines are compared with.
// RUN: %clang %cflags -fsanitize=address,undefined %s %rt_asan -o %t && %t
#include "../check.h"

#include <coro/time.h>

static uint64_t hour = 3600 * CORO_SECOND;
static uint64_t clock_of_test(const coro_timers *timers) {
  (void)timers;
  return hour;
}

static int woken;
static void wake(void *data) {
  (void)data;
  woken++;
}
static const coro_waker_ops ops = {.wake = wake, .wake_local = wake};

int main(void) {
  coro_timers ours, usual;
  coro_timers_init(&ours, clock_of_test);
  coro_timers_init(&usual, NULL);
  CHECK(coro_timers_now(&ours) == hour);
  uint64_t before = coro_now(), now = coro_timers_now(&usual);
  CHECK(before <= now && now <= coro_now());

  coro_timer timer = CORO_TIMER_INIT;
  coro_timers_set(&ours, &timer, hour + 1, (coro_waker){&ops, NULL});
  CHECK(coro_timers_fire(&ours) == 0 && woken == 0);
  hour += 1;
  CHECK(coro_timers_now(&ours) == hour && coro_timers_fire(&ours) == 1);
  CHECK(woken == 1 && !coro_timer_is_set(&timer));
}
