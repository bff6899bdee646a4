// By a scripted clock: what is done in time and what is not; that the alarm is
// out of the timers afterwards, also where the function is left by return or
// goto; time-outs in one another and beside other arms.
// RUN: %corocc %cflags -O0 %s -o %t && %t
// RUN: %corocc %cflags -O2 %s -o %t && %t
// RUN: %corocc %cflags -Os -fplugin-arg-coro-poison-dead %s -o %t && %t
// RUN: %corocc %cflags -O2 -fplugin-arg-coro-spill-all %s -o %t && %t
// RUN: %corocc %cflags -O1 -fexceptions %s -o %t && %t
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined %s -o %t.asan && %t.asan
#include "../check.h"

#include <coro/testing.h>

#include <coro/coro.h>

static coro_fake fake;
static bool no_alarm(void) { return !fake.timers.first; }

static yields int sleeper(uint64_t ns) {
  coro_sleep(ns);
  return 7;
}
static yields int at_once(void) { return 8; }
static yields void never(void) {
  for (;;)
    coro_suspend();
}
static yields bool sleep_limited(uint64_t ns, uint64_t limit) {
  coro_task(sleeper) task;
  coro_start(&task, sleeper, ns);
  bool in_time = coro_timeout(limit, &task);
  CHECK(in_time && task.result == 7);
  return in_time;
}
static yields bool never_limited(uint64_t limit) {
  coro_task(never) task;
  coro_start(&task, never);
  return coro_timeout(limit, &task);
}

static yields void in_time_or_not(void) {
  uint64_t start = fake.now;
  CHECK(sleep_limited(10, 20));
  CHECK(fake.now == start + 10 && no_alarm());
  CHECK(!never_limited(20));
  CHECK(fake.now == start + 30 && no_alarm());
  CHECK(sleep_limited(5, CORO_FOREVER));
  CHECK(!never_limited(0) && no_alarm());
  CHECK(sleep_limited(5, 5)); /* it is polled once more */
  CHECK(fake.now == start + 40 && no_alarm());
  coro_task(at_once) quick;
  coro_start(&quick, at_once);
  CHECK(coro_timeout(0, &quick) && quick.result == 8);
  CHECK(coro_timeout(5, &quick) && no_alarm());
}

/* Leaves it by return in the middle of the arguments. */
static yields int returns(coro_future *future) {
  (void)coro_timeout(5, ({
                       if (fake.now)
                         return 3;
                       future;
                     }));
  return 4;
}

struct trap {
  coro_future future;
};
static coro_status poll_never(coro_future *self, coro_context *cx) {
  (void)self, (void)cx;
  return CORO_PENDING;
}

static yields void nested(void) {
  struct trap trap = {{poll_never, NULL}};
  coro_task(never_limited) inner;
  uint64_t start = fake.now;
  coro_start(&inner, never_limited, 10);
  CHECK(coro_timeout(30, &inner));
  CHECK(!inner.result && fake.now == start + 10 && no_alarm());
  CHECK(!coro_timeout(3, &trap) && !coro_timeout(4, &trap.future));
  CHECK(fake.now == start + 17 && no_alarm());
  CHECK(returns(&trap.future) == 3 && no_alarm());
}

static yields int sleep_then(uint64_t ns, int n) {
  coro_sleep(ns);
  return n;
}

/* Every wake polls all; each is over at its own time. */
static yields void beside_others(void) {
  coro_task(sleep_then) a, b, c;
  uint64_t start = fake.now;
  coro_start(&a, sleep_then, 30, 1);
  coro_start(&b, sleep_then, 10, 2);
  coro_start(&c, sleep_then, 20, 3);
  CHECK(coro_any(&a, &b, &c) == 1 && fake.now == start + 10);
  CHECK(coro_any(&c, &a) == 0 && fake.now == start + 20);
  coro_join(&c, &b, &a);
  CHECK(fake.now == start + 30 && no_alarm());
  CHECK(a.result == 1 && b.result == 2 && c.result == 3);
}

static yields void all(void) {
  in_time_or_not();
  nested();
  beside_others();
  event("done");
}

int main(void) {
  coro_fake_init(&fake, NULL, 0);
  coro_executor executor;
  coro_executor_init(&executor, &fake.reactor, &fake.timers);
  coro_job job;
  coro_task(all) task;
  coro_start(&task, all);
  coro_executor_add(&executor, &job, coro_erase(&task), NULL);
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);
  coro_executor_fini(&executor);
  check_text(events, "done");
}
