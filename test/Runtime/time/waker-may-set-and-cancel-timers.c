// A waker that sets its own timer anew, and takes out another that is due too.
// RUN: %clang %cflags -fsanitize=address,undefined %s %rt_asan -o %t && %t
#include "../check.h"

#include <coro/time.h>

static uint64_t now;
static uint64_t fake_now(const coro_timers *timers) {
  (void)timers;
  return now;
}

static coro_timers timers;
static coro_timer repeating, other;
static int repeats, others;

static void on_other(void *data) {
  (void)data;
  others++;
}

static void on_repeat(void *data);
static const coro_waker_ops repeat = {.wake = on_repeat},
                            be_other = {.wake = on_other};

static void on_repeat(void *data) {
  (void)data;
  repeats++;
  coro_timers_cancel(&timers, &other);
  coro_timers_set(&timers, &repeating, now + 10, (coro_waker){&repeat, NULL});
}

int main(void) {
  coro_timers_init(&timers, fake_now);
  coro_timers_set(&timers, &other, 6, (coro_waker){&be_other, NULL});
  coro_timers_set(&timers, &repeating, 5, (coro_waker){&repeat, NULL});
  now = 7;
  CHECK(coro_timers_fire(&timers) == 1);
  CHECK(repeats == 1 && others == 0);
  CHECK(coro_timers_until(&timers) == 10);
  now = 17;
  CHECK(coro_timers_fire(&timers) == 1 && repeats == 2);
  coro_timers_cancel(&timers, &repeating);
  CHECK(coro_timers_until(&timers) == CORO_FOREVER);
}
