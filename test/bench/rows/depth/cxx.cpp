#include "coroutine.hpp"
#include "levels.h"

static task<uint64_t> level1(const uint64_t *step) {
  uint64_t total = 0;
  while (*step) {
    total += *step;
    bench_sink = total;
    co_await suspend();
  }
  co_return total;
}

#define UP(n, below)                                                           \
  static task<uint64_t> level##n(const uint64_t *step) {                       \
    uint64_t got;                                                              \
    CALL_LEVEL got = co_await level##below(step);                              \
    co_return got + 1;                                                         \
  }
LEVELS(UP)

static task<int> root(const uint64_t *step) {
  CALL_LEVEL bench_sink = co_await TOP(level)(step);
  co_return 0;
}

uint64_t bench_run(uint64_t count) {
  auto task = root(&bench_step);
  waiting = opaque(task.handle);
  for (uint64_t i = 0; i < count; i++)
    waiting.resume();
  return bench_sink;
}
