// Beats stay where they would be however long the work between them takes; who
// is late is told for how many. sleep_until does not wait for what is over. A
// period that no clock will see the end of has no beats. The same over a heap
// and a wheel, on a clock of the test's.
// RUN: %coro %cflags -fsanitize=address,undefined %s %rt_asan -o %t && %t
#include "../check.h"

#include <coro/coro.h>
#include <coro/testing.h>
#include <coro/wheel.h>

static coro_fake fake;
static coro_wheel wheel;
static uint64_t wheel_now(const coro_timers *timers) {
  (void)timers;
  return fake.now;
}

yields static uint64_t wait_for_beat(coro_interval *interval) {
  return coro_interval_wait(interval);
}

yields static void wait_in_vain(void) {
  coro_interval none = coro_interval_every(coro_self(), CORO_FOREVER);
  coro_interval one = {coro_time(coro_self()), CORO_FOREVER - 1};
  CHECK(coro_interval_wait(&one) == 1);
  coro_interval *intervals[] = {&none, &one};
  for (int i = 0; i < 2; i++) {
    coro_task(wait_for_beat) task;
    coro_start(&task, wait_for_beat, intervals[i]);
    CHECK(!coro_timeout(1000, &task));
  }
}

static uint64_t beats[4], at[4];

yields static void beat(void) {
  coro_interval interval = coro_interval_every(coro_self(), 100);
  static const uint64_t work[] = {0, 99, 250, 100};
  for (int i = 0; i < 4; i++) {
    beats[i] = coro_interval_wait(&interval);
    at[i] = coro_time(coro_self());
    coro_sleep(work[i]);
  }
  uint64_t now = coro_time(coro_self());
  CHECK(coro_sleep_until(now - 1) == 0 && coro_time(coro_self()) == now);
  CHECK(coro_sleep_until(now + 7) == 0 && coro_time(coro_self()) == now + 7);
  wait_in_vain();
}

static void run(coro_timers *timers) {
  coro_executor executor;
  coro_executor_init(&executor, &fake.reactor, timers);
  coro_task(beat) task;
  coro_start(&task, beat);
  coro_job job;
  coro_executor_add(&executor, &job, coro_erase(&task), NULL);
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);
  /* 100, 200, 300 and then 250 of work: 400 and 500 are over at 550. */
  CHECK(beats[0] == 1 && beats[1] == 1 && beats[2] == 1 && beats[3] == 2);
  CHECK(at[0] == 100 && at[1] == 200 && at[2] == 300 && at[3] == 550);
}

int main(void) {
  coro_fake_init(&fake, NULL, 0);
  run(&fake.timers);
  coro_fake_init(&fake, NULL, 0);
  coro_wheel_init(&wheel, 1, wheel_now);
  run(&wheel.timers);
}
