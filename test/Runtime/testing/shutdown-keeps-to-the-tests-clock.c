// How long a shutdown may take is told by the clock that the tasks have: over a
// clock of the test's it takes no time, and ends when it should.
// RUN: %coro %cflags -fsanitize=address,undefined %s %rt_asan -o %t && %t
#include "../check.h"

#include <coro/closed.h>
#include <coro/coro.h>
#include <coro/testing.h>

static coro_fake fake;

/* Waits for n seconds more where it is cancelled. */
yields static void linger(int *n) {
  while ((*n)--)
    coro_sleep(CORO_SECOND);
}
yields static void stays(int n) {
  __attribute__((cleanup(linger))) int more = n;
  coro_sleep(CORO_FOREVER);
}

CORO_EXECUTOR(set, stays);

static void check_shutdown(long left, long expected, uint64_t took) {
  CHECK(left == expected && fake.now == took);
}

static const uint64_t limit = 5 * CORO_SECOND / 2;

static void shut_down_generic(void) {
  coro_executor executor;
  coro_fake_init(&fake, NULL, 0);
  coro_executor_init(&executor, &fake.reactor, &fake.timers);
  for (int n = 1; n <= 3; n++)
    coro_detach(
        coro_spawn_on(&executor.spawner, &coro_allocator_default, stays, n));
  while (coro_executor_step(&executor))
    ;
  check_shutdown(coro_executor_shutdown(&executor, limit), 1, limit);
  check_shutdown(coro_executor_shutdown(&executor, limit), 0, 3 * CORO_SECOND);
  coro_executor_fini(&executor);
}

int main(void) {
  shut_down_generic();
  struct set set;
  struct set_slot slots[3];
  coro_fake_init(&fake, NULL, 0);
  set_init(&set, slots, 3, &fake.reactor, &fake.timers);
  for (int n = 1; n <= 3; n++)
    CHECK(coro_closed_spawn(&set, stays, n));
  while (set_step(&set))
    ;
  check_shutdown(set_shutdown(&set, limit), 1, limit);
  check_shutdown(set_shutdown(&set, limit), 0, 3 * CORO_SECOND);
  set_fini(&set);
}
