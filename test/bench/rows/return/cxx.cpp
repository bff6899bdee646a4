#include "coroutine.hpp"
#include "levels.h"

static task<uint64_t> level1(uint64_t n) {
  co_await suspend();
  co_return n + bench_step;
}

#define UP(n, below)                                                           \
  static task<uint64_t> level##n(uint64_t n_) {                                \
    uint64_t got;                                                              \
    CALL_LEVEL got = co_await level##below(n_);                                \
    co_return got + 1;                                                         \
  }
LEVELS(UP)

static task<int> root() {
  for (uint64_t total = 0;; bench_sink = total)
    CALL_LEVEL total = co_await TOP(level)(total);
}

uint64_t bench_run(uint64_t count) {
  auto task = root();
  waiting = opaque(task.handle);
  for (uint64_t i = 0; i <= count; i++)
    waiting.resume();
  return bench_sink;
}
