#include "bench.h"
#include "levels.h"
#include <coro/coro.h>

static yields LEVEL uint64_t level1(const uint64_t *step) {
  uint64_t total = 0;
  while (*step) {
    total += *step;
    bench_sink = total;
    coro_suspend();
  }
  return total;
}

#define UP(n, below)                                                           \
  static yields LEVEL uint64_t level##n(const uint64_t *step) {                \
    return level##below(step) + 1;                                             \
  }
LEVELS(UP)

static yields void root(const uint64_t *step) { bench_sink = TOP(level)(step); }

uint64_t bench_run(uint64_t count) {
  static coro_task(root) task;
  coro_context cx = CORO_CONTEXT_INIT;
  coro_start(&task, root, &bench_step);
  coro_any_task any = coro_erase(&task);
  any.coro = bench_opaque((void *)any.coro);
  for (uint64_t i = 0; i < count; i++)
    coro_poll_any(any, &cx);
  return bench_sink;
}
