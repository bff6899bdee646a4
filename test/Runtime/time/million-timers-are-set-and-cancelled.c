// A million timers in a heap and in a wheel, set, cancelled and set anew, in
// any order; those that are left fire, and no other.
// RUN: %clang %cflags -O2 %s %rt -o %t && %t
// RUN: %clang %cflags -O1 -fsanitize=address,undefined %s %rt_asan -o %t.asan && %t.asan
#include "../check.h"

#include <coro/wheel.h>

enum { TIMERS = 1000000 };

static uint64_t now;
static uint64_t fake_now(const coro_timers *timers) {
  (void)timers;
  return now;
}

static size_t fired;
static void on_fire(void *data) {
  (void)data;
  fired++;
}
static const coro_waker_ops fire = {.wake = on_fire};

static void run(coro_timers *timers, coro_timer *all) {
  uint64_t random = 6;
  size_t set = TIMERS;
  for (size_t i = 0; i < TIMERS; i++)
    coro_timers_set(timers, &all[i], now + 1 + next_random(&random) % 1000000,
                    (coro_waker){&fire, NULL});
  for (size_t i = 0; i < TIMERS; i++) {
    coro_timer *timer = &all[next_random(&random) % TIMERS];
    set -= coro_timer_is_set(timer);
    coro_timers_cancel(timers, timer);
    if (i % 2)
      continue;
    coro_timers_set(timers, timer, now + 1 + next_random(&random) % 1000000,
                    (coro_waker){&fire, NULL});
    set++;
  }
  fired = 0;
  for (uint64_t end = now + 1000000; now < end;) {
    now += coro_timers_until(timers);
    coro_timers_fire(timers);
    if (coro_timers_until(timers) == CORO_FOREVER)
      break;
  }
  CHECK(fired == set && set > TIMERS / 2 && set < TIMERS);
}

int main(void) {
  coro_timer *all = calloc(TIMERS, sizeof(*all));
  if (!all)
    SKIP("not enough memory");
  coro_timers heap;
  coro_timers_init(&heap, fake_now);
  run(&heap, all);
  static coro_wheel wheel;
  coro_wheel_init(&wheel, 1, fake_now);
  run(&wheel.timers, all);
  free(all);
}
