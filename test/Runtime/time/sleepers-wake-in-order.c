// Ten thousand tasks sleep for random times by a scripted clock; each wakes at
// its very nanosecond, and the executor sleeps once for each.
// RUN: %corocc %cflags %s -o %t && %t
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined %s -o %t.asan && %t.asan
#include "../check.h"

#include <coro/testing.h>

#include <coro/coro.h>

enum { SLEEPERS = 10000 };

static coro_fake fake;
static uint64_t last;

static yields void sleeper(uint64_t ns) {
  coro_sleep(ns);
  CHECK(fake.now == ns && ns >= last);
  last = ns;
  coro_sleep(CORO_FOREVER - 1); /* no overflow: that is for ever */
}

static struct slot {
  coro_job job;
  coro_task(sleeper) task;
} slots[SLEEPERS];

int main(void) {
  coro_fake_init(&fake, NULL, 0);
  coro_executor executor;
  coro_executor_init(&executor, &fake.reactor, &fake.timers);
  uint64_t random = 7;
  for (int i = 0; i < SLEEPERS; i++) {
    coro_start(&slots[i].task, sleeper, 1 + next_random(&random) % 1000000);
    coro_executor_add(&executor, &slots[i].job, coro_erase(&slots[i].task),
                      NULL);
  }
  CHECK(coro_executor_run(&executor) < 0); /* all sleep for ever: stuck */
  CHECK(coro_executor_jobs(&executor) == SLEEPERS);
  CHECK(last > 0);
}
