#include "bench.h"
#include <coro/coro.h>
#include <stdlib.h>

#ifdef HEAP
static coro_timers heap;
#define TIMERS (&heap)
static void begin(void) { coro_timers_init(&heap, 0); }
#else
static coro_wheel wheel;
#define TIMERS (&wheel.timers)
static void begin(void) { coro_wheel_init(&wheel, CORO_MILLISECOND, 0); }
#endif

#ifdef REST
static yields void work(uint64_t n) {
  coro_sleep((n % 1000 + 1) * CORO_SECOND);
}
typedef coro_slot(work) slot;

// What it leaves is looked at by the driver, so nothing is given back.
uint64_t bench_run(uint64_t count) {
  static coro_executor executor;
  begin();
  coro_executor_init(&executor, 0, TIMERS);
  slot *all = malloc(count * sizeof(*all));
  for (uint64_t i = 0; i < count; i++) {
    coro_start(&all[i].task, work, i);
    coro_executor_add_slot(&executor, &all[i].run, coro_erase(&all[i].task));
  }
  while (coro_executor_step(&executor))
    ;
  bench_opaque(all);
  return coro_executor_jobs(&executor);
}
#else
enum { OTHERS = 1000000 };

uint64_t bench_run(uint64_t count) {
  static coro_timer *others;
  static uint64_t random = 1;
  if (!others) {
    begin();
    others = calloc(OTHERS, sizeof(*others));
    for (uint64_t i = 0; i < OTHERS; i++)
      coro_timers_set(TIMERS, &others[i],
                      coro_now() + (i % 1000 + 60) * CORO_SECOND,
                      (coro_waker){&coro_waker_noop, 0});
  }
  uint64_t now = coro_now();
  for (uint64_t i = 0; i < count; i++) {
    random = random * 6364136223846793005u + 1442695040888963407u;
    coro_timer *timer = &others[(random >> 33) % OTHERS];
    coro_timers_cancel(TIMERS, timer);
    coro_timers_set(TIMERS, timer,
                    now + (60 + (random >> 40) % 1000) * CORO_SECOND,
                    (coro_waker){&coro_waker_noop, 0});
  }
  return count;
}
#endif
