#include "bench.h"
#include <coro/coro.h>

static yields APART uint64_t next(uint64_t n) {
  if (__builtin_expect(bench_never != 0, 0))
    coro_suspend();
  return n + bench_step;
}

static yields uint64_t loop(uint64_t count) {
  uint64_t total = 0;
  for (uint64_t i = 0; i < count; i++)
    total = next(total);
  return total;
}

uint64_t bench_run(uint64_t count) { return coro_block_on(loop, count); }
