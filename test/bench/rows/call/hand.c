// A plain call of a plain function.
#include "bench.h"

static APART uint64_t next(uint64_t n) {
  if (__builtin_expect(bench_never != 0, 0))
    bench_sink = n;
  return n + bench_step;
}

uint64_t bench_run(uint64_t count) {
  uint64_t total = 0;
  for (uint64_t i = 0; i < count; i++)
    total = next(total);
  return total;
}
