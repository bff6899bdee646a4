#include "coroutine.hpp"
#include <vector>

static task<uint64_t> leaf(uint64_t n) {
  co_await suspend();
  co_return n + bench_step;
}
static task<uint64_t> middle(uint64_t n) {
  uint64_t kept = n ^ bench_step;
  uint64_t got;
  CALL_APART got = co_await leaf(n);
  co_return got + kept;
}
static task<uint64_t> work(uint64_t n) {
  uint64_t kept = n * bench_step;
  uint64_t got;
  CALL_APART got = co_await middle(n);
  co_return got + kept;
}

uint64_t bench_run(uint64_t count) {
  uint64_t sum = 0;
#ifdef SETUP
  for (uint64_t i = 0; i < count; i++) {
    auto task = work(i);
    for (waiting = opaque(task.handle); !task.handle.done();)
      waiting.resume();
    sum += task.handle.promise().value;
  }
#else
  auto &all = *new std::vector<task<uint64_t>>;
  all.reserve(count);
  for (uint64_t i = 0; i < count; i++) {
    all.push_back(work(i));
    all.back().handle.resume();
    sum += !all.back().handle.done();
  }
#endif
  return sum;
}
