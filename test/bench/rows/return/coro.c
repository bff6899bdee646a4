#include "bench.h"
#include "levels.h"
#include <coro/coro.h>

static yields LEVEL uint64_t level1(uint64_t n) {
  coro_suspend();
  return n + bench_step;
}

#define UP(n, below)                                                           \
  static yields LEVEL uint64_t level##n(uint64_t n_) {                         \
    return level##below(n_) + 1;                                               \
  }
LEVELS(UP)

static yields void root(void) {
  for (uint64_t total = 0;; bench_sink = total)
    total = TOP(level)(total);
}

uint64_t bench_run(uint64_t count) {
  static coro_task(root) task;
  coro_context cx = CORO_CONTEXT_INIT;
  coro_start(&task, root);
  coro_any_task any = coro_erase(&task);
  any.coro = bench_opaque((void *)any.coro);
  for (uint64_t i = 0; i <= count; i++)
    coro_poll_any(any, &cx);
  return bench_sink;
}
