#include "coroutine.hpp"

static task<int> counter(const uint64_t *step) {
  for (uint64_t total = 0;;) {
    total += *step;
    bench_sink = total;
    co_await std::suspend_always();
  }
}

uint64_t bench_run(uint64_t count) {
  auto task = counter(&bench_step);
  auto any = opaque(task.handle);
  for (uint64_t i = 0; i < count; i++)
    any.resume();
  return bench_sink;
}
