#include "coroutine.hpp"

static task<uint64_t> next(uint64_t n) {
  if (__builtin_expect(bench_never != 0, 0))
    co_await suspend();
  co_return n + bench_step;
}

static task<uint64_t> loop(uint64_t count) {
  uint64_t total = 0;
  for (uint64_t i = 0; i < count; i++)
    CALL_APART total = co_await next(total);
  co_return total;
}

uint64_t bench_run(uint64_t count) {
  auto task = loop(count);
  task.handle.resume();
  return task.handle.promise().value;
}
